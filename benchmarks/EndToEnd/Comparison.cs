using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>One figure of both programs, measured in turn so that a busy moment of the machine meets both.</summary>
internal sealed record Comparison(string What, string Unit, double[] Real, double[] Ours, double Limit, string Target)
{
    public bool IsReached => double.IsNaN(Limit) || Median(Ours) <= Limit;

    public static Comparison Measure(
        string what, string unit, int rounds, Func<Build, double> measure, Func<double, double> limit, string target)
    {
        var real = new double[rounds];
        var ours = new double[rounds];
        // A first run of each warms the page cache and is not counted; then they take turns at being first.
        measure(Build.Real);
        measure(Build.Ours);
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
                real[round] = measure(Build.Real);
            ours[round] = measure(Build.Ours);
            if (round % 2 != 0)
                real[round] = measure(Build.Real);
        }
        var comparison = new Comparison(what, unit, real, ours, limit(Median(real)), target);
        Console.Error.WriteLine(comparison);
        return comparison;
    }

    /// <summary>A figure that fell off when another one was measured.</summary>
    public static Comparison Of(string what, string unit, double[] real, double[] ours, Func<double, double> limit, string target) =>
        new(what, unit, real, ours, limit(Median(real)), target);

    public override string ToString()
    {
        var (real, ours) = (Median(Real), Median(Ours));
        var verdict = double.IsNaN(Limit) ? "" : IsReached ? "reached" : "MISSED";
        return string.Create(CultureInfo.InvariantCulture,
            $"| {What} | {Described(Real)} | {Described(Ours)} | {ours / real:0.00} | {Target} | {verdict} |");
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private string Described(double[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(values):0.00} {Unit} ({values.Min():0.00}-{values.Max():0.00})");
}
