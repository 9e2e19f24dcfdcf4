using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

/// <summary>Sends datagrams through a socket, and reads those of a socket on its loop.</summary>
internal static class Datagrams
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs the loop until the socket received this many datagrams.</summary>
    public static List<(DatagramHeader Header, byte[] Payload)> Receive(
        EventLoop loop, DatagramSocket socket, int count, Action? first = null)
    {
        var list = new List<(DatagramHeader, byte[])>();
        async Task Read()
        {
            first?.Invoke();
            while (list.Count < count)
            {
                var result = await socket.Input.ReadAsync();
                var buffer = result.Buffer;
                var scratch = new byte[DatagramFrame.MaxPayloadLength];
                while (DatagramFrame.TryRead(ref buffer, scratch, out var header, out var payload))
                    list.Add((header, payload.ToArray()));
                socket.Input.AdvanceTo(buffer.Start, buffer.End);
            }

            loop.Stop();
        }

        Task? reading = null;
        loop.Schedule(_ => reading = Read(), null);
        using var giveUp = loop.CreateTimer(_ => loop.Stop(), null);
        giveUp.Arm(MonotonicClock.Now + MonotonicClock.FromTimeSpan(Patience));
        loop.Run();
        Assert.That(reading!.IsCompleted, Is.True, $"{list.Count} of {count} datagrams came");
        reading.GetAwaiter().GetResult();
        return list;
    }

    /// <summary>Writes a datagram and flushes it.</summary>
    public static void Send(
        DatagramSocket socket,
        InetAddress destination,
        ushort port,
        ReadOnlySpan<byte> payload,
        InetAddress source = default,
        int hopLimit = -1,
        int interfaceIndex = 0)
    {
        var header = new DatagramHeader
        {
            Length = payload.Length,
            Destination = destination,
            Port = port,
            Source = source,
            HopLimit = hopLimit,
            InterfaceIndex = interfaceIndex,
        };
        DatagramFrame.Write(socket.Output, header, payload);
        Assert.That(socket.Output.FlushAsync().AsTask().IsCompletedSuccessfully, Is.True);
    }
}
