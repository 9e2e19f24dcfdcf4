using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>A line of the table, or two that are measured together.</summary>
/// <param name="Part">The part of the table.</param>
/// <param name="What">What is measured.</param>
/// <param name="Measure">Measures it.</param>
internal sealed record Row(string Part, string What, Func<Comparison[]> Measure)
{
    public static Row Of(
        string part, string what, string unit, int rounds, Func<Build, double> measure, Func<double, double> limit, string target) =>
        new(part, what, () => [Comparison.Measure(what, unit, rounds, measure, limit, target)]);

    /// <summary>A row, and another one whose figure falls off when the first is measured.</summary>
    public static Row Of(
        string part, string what, string unit, int rounds, Func<Build, (double First, double Second)> measure, Func<double, double> limit,
        string target, Func<double[], double[], Comparison> second) => new(part, what, () =>
        {
            var seconds = new Dictionary<Build, List<double>> { [Build.Real] = [], [Build.Ours] = [] };
            var comparison = Comparison.Measure(what, unit, rounds, First, limit, target);
            return [comparison, second([.. seconds[Build.Real]], [.. seconds[Build.Ours]])];

            double First(Build build)
            {
                var (figure, other) = measure(build);
                seconds[build].Add(other);
                return figure;
            }
        });
}
