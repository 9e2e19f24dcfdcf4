using System.Net.Sockets;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

/// <summary>The listener of the package's README, in a namespace of its own, and what it hears.</summary>
public sealed class ReadmeTests
{
    [Test]
    public void Listener_AnAdvertIsMulticast_TellsWhereItCameFrom()
    {
        using var made = TestNamespace.Create();
        made.Ip("addr", "add", "192.0.2.1/32", "dev", "lo");
        made.Ip("link", "set", "lo", "multicast", "on");
        made.Ip("route", "add", "224.0.0.0/4", "dev", "lo");
        using var inside = made.Open();
        const int interfaceIndex = 1;
        var group = InetAddress.Parse("224.0.0.18");
        var heard = new List<string>();

        using var loop = new EventLoop(new EventLoopOptions { Name = "adverts", RealTimePriority = 10, NetworkNamespace = inside });
        var options = new DatagramSocketOptions { NetworkNamespace = inside };
        using var socket = DatagramSocket.OpenRaw(loop, AddressFamily.InterNetwork, 112, options);
        socket.JoinGroup(group, interfaceIndex);
        socket.MulticastHops = 255;
        using var giveUp = loop.CreateTimer(_ => loop.Stop(), null);
        giveUp.Arm(loop.Now + (10 * MonotonicClock.Second));

        Task? listening = null;
        loop.Schedule(_ => listening = ListenAsync(), null);
        var source = InetAddress.Parse("192.0.2.1");
        loop.Schedule(_ => Datagrams.Send(socket, group, 0, new byte[20], source, interfaceIndex: interfaceIndex), null);
        loop.Run();

        async Task ListenAsync()
        {
            var scratch = new byte[2048];
            while (true)
            {
                var result = await socket.Input.ReadAsync();
                var buffer = result.Buffer;
                while (DatagramFrame.TryRead(ref buffer, scratch, out var header, out var packet))
                    heard.Add($"{header.Source} on interface {header.InterfaceIndex}, TTL {header.HopLimit}, {packet.Length} bytes");
                socket.Input.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted || heard.Count > 0)
                    break;
            }

            loop.Stop();
        }

        Assert.That(heard, Is.EqualTo(new[] { "192.0.2.1 on interface 1, TTL 255, 40 bytes" }));
        Assert.That(listening!.IsCompletedSuccessfully, Is.True);
    }
}
