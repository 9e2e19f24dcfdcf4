using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Processes and their scheduling.</summary>
internal static partial class GlobalKeywords
{
    private static readonly WordSyntax ProcessNameSyntax = new("NAME", 15, cut: true);

    public static readonly Keyword<bool> ProcessNames = Block.Add(
        "process_names", Flag, "Give the children names of their own.", since: "2.0.16");

    public static readonly Keyword<string> ProcessName = Block.Add(
        "process_name", ProcessNameSyntax, "The name of the supervisor's process.", since: "2.0.16");

    public static readonly ProcessKeywords VrrpProcess = new("vrrp", "VRRP", "1.2.20", Active);

    public static readonly ProcessKeywords CheckerProcess = new("checker", "checker", "1.2.20", Active);

    public static readonly ProcessKeywords BfdProcess = new("bfd", "BFD", "2.0", Active);

    public static readonly Keyword<string> LvsProcessName = Block.Add(
        "lvs_process_name", ProcessNameSyntax, "The old name of checker_process_name.",
        since: "2.0.16", replacedBy: "checker_process_name");

    public static readonly Keyword<int> MaxAutoPriority = Block.Add("max_auto_priority",
        new CustomSyntax<int>("[-1..99]", static (ValueReader reader, int _, out int value) =>
        {
            value = 99;
            return reader.Count == 1 || new NumberSyntax<int>(-1, 99, lenient: true).TryRead(reader, 1, out value);
        }, WithoutParameter.Fine),
        "The highest real-time priority that is taken when timers are late; 0: never, -1: never and without a notice.", 0,
        "0; without a number 99", since: "2.1");

    public static readonly Keyword<int> MinAutoPriorityDelay = Block.Add(
        "min_auto_priority_delay", new NumberSyntax<int>(1, 10_000_000, lenient: true, unit: "µs"),
        "How late a timer must be for that.", 1_000_000, since: "2.1", without: WithoutParameter.Error);

    /// <summary>The keywords that each of the three child processes has.</summary>
    internal sealed class ProcessKeywords
    {
        public ProcessKeywords(string prefix, string title, string since, KeywordStatus status)
        {
            Name = Block.Add($"{prefix}_process_name", ProcessNameSyntax, $"The name of the {title} process.", since: prefix == "checker"
                ? "2.2.0" : "2.0.16", active: status);
            Nice = Block.Add($"{prefix}_priority", Int(-20, 19), $"The nice value of the {title} process.", fallback: "unchanged",
                since: since,
                without: WithoutParameter.Error, active: status);
            NoSwap = Block.Add($"{prefix}_no_swap", Flag, $"Lock the memory of the {title} process.", since: since, active: status);
            RealTimePriority = Block.Add(
                $"{prefix}_rt_priority", new RealTimePrioritySyntax(), $"The SCHED_RR priority of the {title} process.", fallback: "none",
                since: "2.0", without: WithoutParameter.Error, active: status);
            CpuAffinity = Block.Add(
                $"{prefix}_cpu_affinity", new CpuListSyntax(), $"The CPUs that may run the {title} process.", fallback: "all",
                since: "2.0.17",
                without: WithoutParameter.Error, active: status);
            RealTimeLimit = Block.Add($"{prefix}_rlimit_rttime", new RealTimeLimitSyntax(),
                $"How long the {title} process may run in real time without waiting (RLIMIT_RTTIME).", 10_000u, since: "2.1",
                active: status);
            OldRealTimeLimit = Block.Add(
                $"{prefix}_rlimit_rtime", new RealTimeLimitSyntax(), $"The old spelling of {prefix}_rlimit_rttime.",
                since: "2.0", replacedBy: $"{prefix}_rlimit_rttime", active: status);
        }

        public Keyword<string> Name { get; }

        public Keyword<int> Nice { get; }

        public Keyword<bool> NoSwap { get; }

        public Keyword<int> RealTimePriority { get; }

        public Keyword<int[]> CpuAffinity { get; }

        public Keyword<uint> RealTimeLimit { get; }

        public Keyword<uint> OldRealTimeLimit { get; }
    }
}
