using System.Runtime.InteropServices;

namespace Keepalived.Daemon.Interop;

/// <summary>The error numbers of Linux that the daemon tells apart.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int TooManyLinks = 40;
    public const int NoExecutableFormat = 8;
    public const int NoBuffers = 105;
    public const int ConnectionRefused = 111;

    /// <summary>The last error in the system's words.</summary>
    public static string LastMessage => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    /// <summary>An error in the system's words.</summary>
    public static string Message(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
