using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Keepalived.Checkers.Connections;

/// <summary>Opens the sockets of the checkers, and says what went wrong in words.</summary>
internal static class ProbeSocket
{
    private const int SolSocket = 1; // include/uapi/asm-generic/socket.h
    private const int SoReuseAddr = 2;
    private const int SoBindToDevice = 25;
    private const int SoMark = 36;

    private const int SolIp = 0;
    private const int IpRecvErr = 11; // include/uapi/linux/in.h
    private const int SolIpv6 = 41;
    private const int Ipv6RecvErr = 25; // include/uapi/linux/in6.h

    private const int Eacces = 13;
    private const int Enetdown = 100;
    private const int Enetunreach = 101;
    private const int Econnaborted = 103;
    private const int Econnreset = 104;
    private const int Etimedout = 110;
    private const int Econnrefused = 111;
    private const int Ehostdown = 112;
    private const int Ehostunreach = 113;

    /// <summary>Connects a TCP socket.</summary>
    /// <returns>The socket, or no socket and what there is to say.</returns>
    public static async ValueTask<(Socket? Socket, CheckResult Result)> ConnectAsync(ConnectionOptions options, ProbeTimer timer)
    {
        if (TryOpen(options, SocketType.Stream, ProtocolType.Tcp, out var socket) is { IsSuccess: false } failure)
            return (null, failure);
        try
        {
            await socket!.ConnectAsync(options.Destination, timer.Token).ConfigureAwait(false);
            return (socket, CheckResult.Success);
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            socket!.Dispose();
            return (null, CheckResult.Failure($"timeout connecting to {options.Destination}"));
        }
        catch (SocketException e)
        {
            socket!.Dispose();
            return (null, ConnectFailure(e, options.Destination));
        }
        catch
        {
            socket!.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a UDP socket that hears its destination only, and of every ICMP error that its datagrams cause.
    /// </summary>
    /// <returns>The socket, or no socket and what there is to say.</returns>
    public static (Socket? Socket, CheckResult Result) OpenUdp(ConnectionOptions options)
    {
        if (TryOpen(options, SocketType.Dgram, ProtocolType.Udp, out var socket) is { IsSuccess: false } failure)
            return (null, failure);
        try
        {
            Span<byte> on = stackalloc byte[sizeof(int)];
            BitConverter.TryWriteBytes(on, 1);
            if (options.Destination.AddressFamily == AddressFamily.InterNetworkV6)
                socket!.SetRawSocketOption(SolIpv6, Ipv6RecvErr, on);
            else
                socket!.SetRawSocketOption(SolIp, IpRecvErr, on);
            socket.Connect(options.Destination); // Only remembers the address.
            return (socket, CheckResult.Success);
        }
        catch (SocketException e)
        {
            socket!.Dispose();
            return (null, ConnectFailure(e, options.Destination));
        }
    }

    /// <summary>Opens a socket with the options' marks and bindings. All that fails here is this side's problem.</summary>
    public static CheckResult TryOpen(ConnectionOptions options, SocketType type, ProtocolType protocol, out Socket? socket)
    {
        socket = null;
        var step = "open a socket";
        try
        {
#pragma warning disable RS0030 // The ban is for protocols that System.Net.Sockets refuses; TCP and UDP it knows.
            socket = new Socket(options.Destination.AddressFamily, type, protocol);
#pragma warning restore RS0030
            if (options.FirewallMark != 0)
            {
                step = $"set firewall mark {options.FirewallMark}";
                Span<byte> mark = stackalloc byte[sizeof(uint)];
                BitConverter.TryWriteBytes(mark, options.FirewallMark);
                socket.SetRawSocketOption(SolSocket, SoMark, mark);
            }

            if (options.BindInterface is { } name)
            {
                step = $"bind to interface {name}";
                socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.UTF8.GetBytes(name));
            }

            if (options.BindAddress is { } address)
            {
                var source = new IPEndPoint(address, options.BindPort);
                step = $"bind to {source}";
                if (source.Port != 0)
                    KeepPortFree(socket);
                socket.Bind(source);
            }

            return CheckResult.Success;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            socket = null;
            return CheckResult.LocalError($"cannot {step}: {e.Message}");
        }
    }

    // A port that is always the same has to be free again at the next probe. Whoever closes a TCP connection first keeps its port for a minute
    // (TIME_WAIT), unless it is closed by a reset.
    private static void KeepPortFree(Socket socket)
    {
        Span<byte> on = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(on, 1);
        socket.SetRawSocketOption(SolSocket, SoReuseAddr, on); // The runtime's ReuseAddress would share it with others' sockets, too.
        if (socket.SocketType == SocketType.Stream)
            socket.LingerState = new LingerOption(true, 0);
    }

    /// <summary>What a failed connect says of the server, or of this side.</summary>
    public static CheckResult ConnectFailure(SocketException e, IPEndPoint destination) =>
        // Some of these exceptions name the destination themselves.
        ConnectFailure(e.NativeErrorCode, new SocketException((int)e.SocketErrorCode).Message, destination);

    /// <inheritdoc cref="Tcp.TcpChecker.ConnectFailure"/>
    public static CheckResult ConnectFailure(int error, string message, IPEndPoint destination)
    {
        var reason = $"cannot connect to {destination}: {message}";
        return error
            is Eacces or Enetdown or Enetunreach or Econnaborted or Econnreset or Etimedout or Econnrefused or Ehostdown or Ehostunreach
            ? CheckResult.Failure(reason)
            : CheckResult.LocalError(reason);
    }
}
