using System.Buffers;
using System.IO.Pipelines;
using CsCheck;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class DatagramFrameTests
{
    private static readonly Gen<InetAddress> Address = Gen.OneOf(
        Gen.Const(InetAddress.None),
        Gen.UInt.Select(InetAddress.FromIPv4),
        Gen.Byte.Array[16].Select(bytes => InetAddress.FromBytes(bytes)));

    private static readonly Gen<DatagramHeader> Header = Gen.Select(
        Address, Address, Gen.Int, Gen.Int[-1, 255], Gen.UShort, Gen.Bool, Gen.Long,
        (source, destination, interfaceIndex, hopLimit, port, isTruncated, arrival) => new DatagramHeader
        {
            Length = 0,
            Source = source,
            Destination = destination,
            InterfaceIndex = interfaceIndex,
            HopLimit = hopLimit,
            Port = port,
            IsTruncated = isTruncated,
            ArrivalTime = arrival,
        });

    [Test]
    public void WriteThenRead_AnyFramesInSegmentsOfAnySize_IsTheSame() =>
        Gen.Select(Gen.Select(Header, Gen.Byte.Array[0, 300]).Array[1, 10], Gen.Int[1, 200]).Sample((frames, segmentSize) =>
        {
            var writer = new ArrayBufferWriter<byte>();
            foreach (var (header, payload) in frames)
                DatagramFrame.Write(writer, header, payload);
            var buffer = Cut(writer.WrittenMemory, segmentSize);
            Span<byte> scratch = stackalloc byte[300];
            foreach (var (header, payload) in frames)
            {
                if (!DatagramFrame.TryRead(ref buffer, scratch, out var read, out var bytes))
                    return false;
                if (read != header with { Length = payload.Length } || !bytes.SequenceEqual(payload))
                    return false;
            }

            return buffer.IsEmpty;
        });

    [Test]
    public void TryRead_PartOfAFrame_IsFalseAndTakesNothing()
    {
        var writer = new ArrayBufferWriter<byte>();
        DatagramFrame.Write(writer, new DatagramHeader { Length = 0 }, [1, 2, 3]);
        for (var length = 0; length < writer.WrittenCount; length++)
        {
            var buffer = new ReadOnlySequence<byte>(writer.WrittenMemory[..length]);
            Assert.That(DatagramFrame.TryRead(ref buffer, out _, out ReadOnlySequence<byte> _), Is.False);
            Assert.That(buffer.Length, Is.EqualTo(length));
        }
    }

    [Test]
    public void TryRead_ScratchTooShort_CutsAndSaysSo()
    {
        var writer = new ArrayBufferWriter<byte>();
        DatagramFrame.Write(writer, new DatagramHeader { Length = 0 }, [1, 2, 3, 4]);
        var buffer = Cut(writer.WrittenMemory, DatagramHeader.Size + 2);
        Span<byte> scratch = stackalloc byte[3];

        Assert.That(DatagramFrame.TryRead(ref buffer, scratch, out var header, out var payload), Is.True);
        Assert.That(payload.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That((header.IsTruncated, header.Length), Is.EqualTo((true, 3)));
        Assert.That(buffer.IsEmpty, Is.True);
    }

    [Test]
    public void TryRead_ImpossibleLength_Throws()
    {
        var buffer = new ReadOnlySequence<byte>(Enumerable.Repeat((byte)0xff, DatagramHeader.Size).ToArray());

        Assert.That(() => DatagramFrame.TryRead(ref buffer, out _, out ReadOnlySequence<byte> _), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Write_TooLong_Throws() => Assert.That(
        static () => DatagramFrame.Write(
            new ArrayBufferWriter<byte>(), new DatagramHeader { Length = 0 }, new byte[DatagramFrame.MaxPayloadLength + 1]),
        Throws.ArgumentException);

    [Test]
    public void DatagramWriter_ReaderStalls_DropsAndCountsThenGoesOn()
    {
        var (near, far) = DatagramPipe.CreatePair(capacity: 1000);
        var writer = new DatagramWriter(near.Output);
        var header = new DatagramHeader { Length = 0, Port = 7 };
        for (var i = 0; i < 20; i++)
            writer.TryWrite(header, new byte[100]);

        Assert.That(writer.Dropped, Is.EqualTo(13));
        Assert.That(writer.Written, Is.EqualTo(7));
        Assert.That(far.Input.TryRead(out var result), Is.True);
        var buffer = result.Buffer;
        var count = 0;
        while (DatagramFrame.TryRead(ref buffer, out var read, out ReadOnlySequence<byte> payload))
        {
            count++;
            Assert.That((read.Port, payload.Length), Is.EqualTo((7, 100)));
        }

        far.Input.AdvanceTo(buffer.Start);
        Assert.That(count, Is.EqualTo(7));
        Assert.That(writer.TryWrite(header, [1]), Is.True);
        far.Input.Complete();
        writer.TryWrite(header, [1]);
        Assert.That(writer.TryWrite(header, [1]), Is.False);
    }

    private static ReadOnlySequence<byte> Cut(ReadOnlyMemory<byte> memory, int segmentSize)
    {
        Segment first = new(memory[..Math.Min(segmentSize, memory.Length)], 0);
        var last = first;
        for (var offset = segmentSize; offset < memory.Length; offset += segmentSize)
            last = last.Append(memory.Slice(offset, Math.Min(segmentSize, memory.Length - offset)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
