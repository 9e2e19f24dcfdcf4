using System.Diagnostics;

namespace Keepalived.Kernel.Tests.Lab;

/// <summary>Short commands, bounded in time.</summary>
internal static class Shell
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program and returns what it prints; a failure throws with what it said.</summary>
    public static string Run(string program, params string[] arguments) => RunWith(null, program, arguments);

    /// <summary>The same with something to read.</summary>
    public static string RunWith(string? input, string program, params string[] arguments)
    {
        var (status, output, error) = Try(input, program, arguments);
        return status == 0 ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: status {status}: {error.Trim()}\n{input}");
    }

    public static (int Status, string Output, string Error) Try(string? input, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (process.WaitForExit(Limit) && Task.WaitAll([output, error], Limit))
            return (process.ExitCode, output.Result, error.Result);
        process.Kill(entireProcessTree: true);
        throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} s");
    }
}
