using System.Globalization;
using System.Text;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Notify;

/// <summary>Tells systemd what the daemon is about (sd_notify(3)). Without <c>NOTIFY_SOCKET</c> it does nothing.</summary>
/// <param name="socketPath">The value of <c>NOTIFY_SOCKET</c>, or null.</param>
/// <param name="logger">Hears when systemd does not.</param>
internal sealed class SystemdNotifier(string? socketPath, ILogger logger)
{
    /// <summary>The environment variable that names the socket.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    /// <summary>Start-up or reload is complete.</summary>
    public void Ready() => Send(string.Create(CultureInfo.InvariantCulture, $"READY=1\nMAINPID={Environment.ProcessId}\nSTATUS=Running"));

    /// <summary>A reload began.</summary>
    public void Reloading() => Send(string.Create(
        CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={MonotonicClock.Now / MonotonicClock.Microsecond}"));

    /// <summary>The end began.</summary>
    public void Stopping() => Send("STOPPING=1");

    private void Send(string state)
    {
        if (string.IsNullOrEmpty(socketPath))
            return;
        using var socket = Libc.UnixDatagramSocket();
        if (socket.IsInvalid || Libc.ConnectUnix(socket, socketPath) != 0 || Libc.Send(socket, Encoding.UTF8.GetBytes(state)) < 0)
            Log.SystemdNotTold(logger, state.Split('\n')[0], Errno.LastMessage);
    }
}
