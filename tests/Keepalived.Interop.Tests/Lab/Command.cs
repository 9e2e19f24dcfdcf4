using System.Diagnostics;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>Runs a short command, always bounded in time.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Runs it and returns its standard output; a failure throws with what it said.</summary>
    public static string Run(string program, string[] arguments, string? input = null)
    {
        var (status, output, error) = Try(program, arguments, input);
        return status == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: status {status}: {error.Trim()}\n{input}");
    }

    public static (int Status, string Output, string Error) Try(string program, string[] arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        // A program that leaves a daemon behind ends before its output does, if the daemon keeps that open.
        if (process.WaitForExit(Limit) && Task.WaitAll([output, error], Limit))
            return (process.ExitCode, output.Result, error.Result);
        process.Kill(entireProcessTree: true);
        throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} s");
    }
}
