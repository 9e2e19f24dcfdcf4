namespace Keepalived.Daemon.CommandLine;

/// <summary>The names that <c>--signum</c> knows, and the Linux signal numbers that the daemon answers.</summary>
internal static class SignalNames
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int User1 = 10;
    public const int User2 = 12;
    public const int Terminate = 15;
    public const int Child = 17;
    public const int CpuLimit = 24;

    /// <summary>SIGRTMIN + 2, where glibc's SIGRTMIN is 34.</summary>
    public const int Json = 36;

    /// <summary>SIGRTMAX - 1.</summary>
    public const int StatisticsClear = 63;

    /// <summary>The signal for a function of the daemon.</summary>
    public static bool TryGetNumber(string function, out int number)
    {
        number = function switch
        {
            "STOP" => Terminate,
            "RELOAD" => Hangup,
            "DATA" => User1,
            "STATS" => User2,
            "STATS_CLEAR" => StatisticsClear,
            "JSON" => Json,
            _ => 0,
        };
        return number != 0;
    }

    /// <summary>The usual name of a signal, for messages.</summary>
    public static string Describe(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        10 => "SIGUSR1",
        11 => "SIGSEGV",
        12 => "SIGUSR2",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        _ => $"signal {signal}",
    };
}
