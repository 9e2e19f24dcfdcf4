using System.Buffers;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>
/// Requests that go to the kernel in as few system calls as the socket's buffers allow, each with its own outcome. The kernel carries
/// them out in order and does not stop at a failure. Not thread-safe; not to be changed while it is sent. <see cref="Clear"/> makes it
/// ready for reuse.
/// </summary>
public sealed class NetlinkBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly List<Entry> _entries = [];
    private int _inUse;

    /// <summary>How many requests it holds.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a request.</summary>
    /// <param name="type">The message type.</param>
    /// <param name="flags">Its flags. NLM_F_REQUEST is added, and NLM_F_ACK where the sender needs it.</param>
    /// <param name="verb">What is done, in words, for errors: "add address".</param>
    /// <param name="subject">What it is done to. Its text is made only if the request fails.</param>
    /// <param name="body">Writes what follows the header.</param>
    /// <returns>The index of the request.</returns>
    /// <exception cref="InvalidOperationException">The batch is being sent.</exception>
    public int Add<TSubject>(ushort type, NetlinkMessageFlags flags, string verb, TSubject subject, NetlinkMessageBody<TSubject> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ThrowIfInUse();
        var writer = new NetlinkMessageWriter(_bytes, type, flags | NetlinkMessageFlags.Request);
        var start = _bytes.WrittenCount;
        body(ref writer, subject);
        var length = writer.Complete();
        _entries.Add(new Entry(start, length, verb, subject));
        return _entries.Count - 1;
    }

    /// <summary>Forgets the requests and keeps the memory.</summary>
    /// <exception cref="InvalidOperationException">The batch is being sent.</exception>
    public void Clear()
    {
        ThrowIfInUse();
        _bytes.ResetWrittenCount();
        _entries.Clear();
    }

    internal void Acquire()
    {
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
            throw new InvalidOperationException("The batch is being sent.");
    }

    internal void Release() => Volatile.Write(ref _inUse, 0);

    internal int LengthOf(int index) => _entries[index].Length;

    internal ReadOnlySpan<byte> MessageAt(int index) => _bytes.WrittenSpan.Slice(_entries[index].Start, _entries[index].Length);

    internal string Describe(int index) => $"{_entries[index].Verb} {_entries[index].Subject}";

    private void ThrowIfInUse()
    {
        if (Volatile.Read(ref _inUse) != 0)
            throw new InvalidOperationException("The batch is being sent.");
    }

    private readonly record struct Entry(int Start, int Length, string Verb, object? Subject);
}
