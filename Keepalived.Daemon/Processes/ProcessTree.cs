using System.Globalization;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// The processes that one process started, and those that they started: also where they are in groups and sessions of their own, as
/// <c>timeout</c> and <c>setsid</c> make them, where a signal to the group does not come.
/// </summary>
internal static class ProcessTree
{
    // One that has more of them makes them faster than they could be counted.
    private const int MaxCount = 1000;

    private const int GroupField = 2; // Of /proc/PID/stat, behind the name: proc(5) counts the state as 3.
    private const int StartField = 19;

    /// <summary>Who is below a process and not in the group that it leads.</summary>
    /// <param name="root">The process. Once it has ended its children are somebody else's.</param>
    public static List<Member> OutsidersOf(int root)
    {
        var found = new List<Member>();
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out var parent) && found.Count < MaxCount)
        {
            foreach (var child in ChildrenOf(parent))
            {
                if (Read(child) is not { } status)
                    continue;
                open.Enqueue(child);
                if (status.Group != root)
                    found.Add(new Member(child, status.Start));
            }
        }

        return found;
    }

    /// <summary>Sends a signal to those that are still what they were.</summary>
    public static void Signal(List<Member> members, int signal)
    {
        foreach (var (pid, start) in members)
        {
            if (Read(pid)?.Start == start)
                _ = Libc.Kill(pid, signal);
        }
    }

    private static List<int> ChildrenOf(int pid)
    {
        var children = new List<int>();
        try
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{pid}/task"))
            {
                foreach (var word in File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    children.Add(int.Parse(word, CultureInfo.InvariantCulture));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or the kernel does not say (CONFIG_PROC_CHILDREN).
        }

        return children;
    }

    private static (int Group, long Start)? Read(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[GroupField], CultureInfo.InvariantCulture), long.Parse(fields[StartField], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process, told from a later one of its number by when it was started.</summary>
    /// <param name="Pid">Its number.</param>
    /// <param name="Start">When it was started, in clock ticks since the machine was.</param>
    public readonly record struct Member(int Pid, long Start);
}
