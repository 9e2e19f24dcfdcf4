using System.Text;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>
/// Asks a network driver for the state of its link (netdevice(7), linux/mii.h, linux/ethtool.h): for drivers that do not tell the kernel
/// by themselves.
/// </summary>
public sealed unsafe class LinkProbe : IDisposable
{
    private const int NameSize = 16;
    private const nuint GetFlags = 0x8913;
    private const nuint Ethtool = 0x8946;
    private const nuint GetMiiPhy = 0x8947;
    private const nuint GetMiiRegister = 0x8948;
    private const uint EthtoolGetLink = 0x0000000a;
    private const ushort BasicStatusRegister = 1;
    private const ushort LinkStatus = 0x0004;
    private const short Up = 0x1;
    private const short Running = 0x40;

    private readonly SocketHandle _socket;

    private LinkProbe(SocketHandle socket) => _socket = socket;

    /// <summary>Opens the socket that the questions are put to, in the network namespace of the calling thread.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static LinkProbe Open() =>
        new(Libc.Socket(Libc.AfInet, Libc.SockDgram | Libc.CloseOnExec, 0).ThrowIfInvalid("open a socket"));

    /// <summary>Whether the PHY has a link (SIOCGMIIPHY, SIOCGMIIREG); null if the driver does not say, or there is no such interface.</summary>
    public bool? ReadMii(string name)
    {
        var request = default(InterfaceRequest);
        if (!Ask(name, GetMiiPhy, &request))
            return null;
        // A lost link stays in the register until it is read: the second answer is the present state.
        request.Register = BasicStatusRegister;
        return Ask(name, GetMiiRegister, &request) && Ask(name, GetMiiRegister, &request) ? (request.Output & LinkStatus) != 0 : null;
    }

    /// <summary>Whether the driver sees a link (ETHTOOL_GLINK); null if it does not say, or there is no such interface.</summary>
    public bool? ReadEthtool(string name)
    {
        var value = stackalloc uint[2] { EthtoolGetLink, 0 };
        var request = new InterfaceRequest { Data = value };
        return Ask(name, Ethtool, &request) ? value[1] != 0 : null;
    }

    /// <summary>Whether the interface is up and running (SIOCGIFFLAGS); null if there is no such interface.</summary>
    public bool? ReadFlags(string name)
    {
        var request = default(InterfaceRequest);
        return Ask(name, GetFlags, &request) ? (request.Flags & (Up | Running)) == (Up | Running) : null;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private bool Ask(string name, nuint command, InterfaceRequest* request)
    {
        var bytes = new Span<byte>(request, NameSize);
        bytes.Clear();
        if (name is null || Encoding.UTF8.GetByteCount(name) >= NameSize)
            return false;
        Encoding.UTF8.GetBytes(name, bytes);
        return Libc.Control(_socket, command, request) == 0;
    }
}
