using System.Globalization;
using System.Runtime.ExceptionServices;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>
/// Named network namespaces of this test process: <c>kdn-PID-N</c>, so that those of a dead process can be told and removed.
/// </summary>
internal static class Namespaces
{
    private const string Folder = "/run/netns/";
    private const string Prefix = "kdn-";
    private static int _last;

    public static string NextName() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");

    /// <summary>Runs <paramref name="work"/> on a thread of its own inside the namespace.</summary>
    public static T Run<T>(string name, Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var descriptor = Libc.Check(Libc.Open(Folder + name, Libc.CloseOnExec), "open " + name);
                Libc.Check(Libc.SetNamespace(descriptor, Libc.NewNetwork), "setns " + name);
                _ = Libc.Close(descriptor);
                result = work();
            }
            catch (Exception problem)
            {
                // The caller's: on this thread it would end all tests.
                failure = ExceptionDispatchInfo.Capture(problem);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>The processes that live in the namespace.</summary>
    public static int[] Processes(string name) =>
        [.. Command.Try("ip", ["netns", "pids", name]).Output
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];

    /// <summary>Ends every process of the namespaces and removes them. Nothing else can live there: the names are ours.</summary>
    public static void Remove(IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (!File.Exists(Folder + name))
                continue;
            for (var round = 0; round < 10 && Processes(name) is { Length: > 0 } processes; round++)
            {
                foreach (var pid in processes)
                    _ = Libc.SendSignal(pid, Libc.Kill);
                Thread.Sleep(20);
            }
            _ = Command.Try("ip", ["netns", "del", name]);
        }
    }

    /// <summary>Removes what an aborted earlier run of any test process left.</summary>
    public static void RemoveLeftovers()
    {
        if (!Directory.Exists(Folder))
            return;
        string[] leftovers = [.. Directory.GetFiles(Folder, Prefix + "*").Select(path => Path.GetFileName(path)!).Where(OwnerIsDead)];
        Remove(leftovers);
    }

    private static bool OwnerIsDead(string name)
    {
        var parts = name.Split('-');
        return parts.Length == 3
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && !Directory.Exists($"/proc/{pid}");
    }
}
