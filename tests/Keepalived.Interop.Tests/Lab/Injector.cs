using System.Runtime.InteropServices;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>Sends raw Ethernet frames from the stranger's interface.</summary>
internal sealed unsafe class Injector : IDisposable
{
    private readonly int _socket;

    public Injector(Lan lan) => _socket = Namespaces.Run(lan.Namespace(Lan.Stranger), () =>
    {
        var socket = Libc.Check(Libc.Socket(Libc.PacketFamily, Libc.RawSocket | Libc.CloseOnExec, 0), "socket");
        var address = new Libc.LinkLayerSocketAddress
        {
            Family = Libc.PacketFamily,
            Interface = (int)Libc.InterfaceIndex(Lan.Interface),
        };
        Libc.Check(Libc.Bind(socket, address, sizeof(Libc.LinkLayerSocketAddress)), "bind");
        return socket;
    });

    public void Send(params ReadOnlySpan<byte[]> frames)
    {
        for (var sent = 0; sent < frames.Length;)
            sent += SendSome(frames[sent..]);
    }

    /// <summary>Repeats the frames in turn at a rate for a time; returns how many were sent.</summary>
    public int Flood(byte[][] frames, int perSecond, TimeSpan duration)
    {
        var start = WallClock.Now;
        var sent = 0;
        for (long elapsed = 0; elapsed < duration.Ticks * 100; elapsed = WallClock.Now - start)
        {
            var due = (int)(elapsed * perSecond / WallClock.Second);
            while (sent < due)
            {
                var at = sent % frames.Length;
                sent += SendSome(frames.AsSpan(at, Math.Min(Math.Min(frames.Length - at, 64), due - sent)));
            }
            Thread.Sleep(1);
        }
        return sent;
    }

    public void Dispose() => _ = Libc.Close(_socket);

    private int SendSome(ReadOnlySpan<byte[]> frames)
    {
        var count = Math.Min(frames.Length, 64);
        var messages = stackalloc Libc.BatchedMessage[count];
        var vectors = stackalloc Libc.IoVector[count];
        var pins = new GCHandle[count];
        try
        {
            for (var i = 0; i < count; i++)
            {
                pins[i] = GCHandle.Alloc(frames[i], GCHandleType.Pinned);
                vectors[i] = new Libc.IoVector { Base = (byte*)pins[i].AddrOfPinnedObject(), Length = (nuint)frames[i].Length };
                messages[i] = new Libc.BatchedMessage { Header = new() { Vectors = vectors + i, VectorCount = 1 } };
            }
            var sent = Libc.SendMessages(_socket, messages, (uint)count, 0);
            if (sent > 0)
                return sent;
            var error = Marshal.GetLastPInvokeError();
            return error is Libc.NoBuffers or Libc.TryAgain or Libc.Interrupted ? 0 : throw new IOException($"send: errno {error}");
        }
        finally
        {
            foreach (var pin in pins)
            {
                if (pin.IsAllocated)
                    pin.Free();
            }
        }
    }
}
