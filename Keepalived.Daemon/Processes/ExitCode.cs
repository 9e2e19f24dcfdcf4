namespace Keepalived.Daemon.Processes;

/// <summary>The exit statuses of the daemon and its children: an interface with init systems and scripts.</summary>
internal static class ExitCode
{
    /// <summary>An orderly end; also "already running", and the stop after a child's death under <c>-R</c>.</summary>
    public const int Ok = 0;

    /// <summary>A subsystem cannot work at all; also a wrong command line.</summary>
    public const int Fatal = 1;

    /// <summary>The configuration prevents running.</summary>
    public const int Configuration = 2;

    /// <summary>A permission is missing.</summary>
    public const int Permission = 4;

    /// <summary>There is no usable configuration.</summary>
    public const int NoConfiguration = 6;

    /// <summary>An error inside the program.</summary>
    public const int Internal = 70;
}
