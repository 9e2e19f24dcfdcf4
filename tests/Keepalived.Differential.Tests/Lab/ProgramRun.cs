using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests.Lab;

/// <summary>Runs a keepalived with <c>-t</c>.</summary>
internal static class ProgramRun
{
    // A program that hangs spins; on a busy machine one that does not may wait long for its turn.
    private static readonly TimeSpan ProcessorLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);
    private const int SaidLimit = 4000;

    public static Verdict Test(string program, WrittenCase written) => TestBed.Run(() => Start(program, written));

    private static Verdict Start(string program, WrittenCase written)
    {
        var start = new ProcessStartInfo(program, ["-t", "-f", written.MainFile, .. written.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.Latin1,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, line) => Note(said, line.Data);
        process.OutputDataReceived += (_, line) => Note(said, line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (EndsInTime(process))
        {
            // What a child of it keeps open is not waited for.
            lock (said)
                return new Verdict(process.ExitCode, said.ToString());
        }
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new Verdict(Verdict.TimedOut, "");
    }

    private static bool EndsInTime(Process process)
    {
        var watch = Stopwatch.StartNew();
        while (!process.WaitForExit(LookInterval))
        {
            if (watch.Elapsed > Limit || ProcessorTime(process) > ProcessorLimit)
                return false;
        }
        return true;
    }

    private static TimeSpan ProcessorTime(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            return TimeSpan.Zero; // It has just ended.
        }
    }

    private static void Note(StringBuilder said, string? line)
    {
        lock (said)
        {
            if (line is not null && said.Length < SaidLimit)
                said.Append(line).Append('\n');
        }
    }
}
