using System.Runtime.InteropServices;
using Keepalived.Netlink.Testing;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests;

public sealed class NetlinkConnectionTests
{
    private const ushort SomeType = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly NetlinkRequest Question = NetlinkRequest.Create(
        SomeType, NetlinkMessageFlags.None, "list things", 0, static (ref NetlinkMessageWriter writer, int _) => writer.WriteFixedHeader(
            4));

    [Test]
    public async Task Batch_RefusedInPart_GivesEachRequestItsOutcome()
    {
        var replies = new List<ScriptedReply>();
        await using var kernel = new ScriptedKernel((in request, reply) => replies.Add(reply));
        await using var connection = kernel.Connect();
        var task = connection.SendAsync(Batch(5));
        Assert.That(replies, Has.Count.EqualTo(5));
        replies[0].Fail(Errno.EEXIST);
        replies[2].Fail(Errno.EINVAL, "Invalid thing.", 20);
        replies[2].Acknowledge();
        Assert.That(task.IsCompleted, Is.False);
        replies[4].Acknowledge();
        var result = await task.WaitAsync(Patience);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Count, Is.EqualTo(5));
            Assert.That(result.FailedCount, Is.EqualTo(2));
            Assert.That(result[0]!.IsExists);
            Assert.That(result[1], Is.Null);
            Assert.That(result[2]!.Message, Does.StartWith("do thing 2: ").And.Contain("EINVAL").And.Contain("Invalid thing.").And.Contain("byte 20"));
            Assert.That(result[2]!.Acknowledgement.Offset, Is.EqualTo(20));
            Assert.That(result[3], Is.Null, "what the kernel says nothing of before it acknowledges a later one was carried out");
        }
    }

    [Test]
    public async Task Batch_AsksToHaveTheLastOfEachSendAcknowledged()
    {
        var flags = new List<NetlinkMessageFlags>();
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            flags.Add(request.Header.Flags);
            if ((request.Header.Flags & NetlinkMessageFlags.Acknowledge) != 0)
                reply.Acknowledge();
        });
        await using var connection = kernel.Connect(new NetlinkConnectionOptions { MaxRequestsInFlight = 3 });
        Assert.That((await connection.SendAsync(Batch(5)).WaitAsync(Patience)).Succeeded);
        const NetlinkMessageFlags Plain = NetlinkMessageFlags.Request, Last = Plain | NetlinkMessageFlags.Acknowledge;
        Assert.That(flags, Is.EqualTo(new[] { Plain, Plain, Last, Plain, Last }));
    }

    [Test]
    public async Task Batch_LongerThanTheWindow_IsSentAsAcknowledgementsCome()
    {
        var replies = new Queue<ScriptedReply>();
        await using var kernel = new ScriptedKernel((in request, reply) => replies.Enqueue(reply));
        await using var connection = kernel.Connect(new NetlinkConnectionOptions { MaxRequestsInFlight = 4 });
        var task = connection.SendAsync(Batch(10));
        Assert.That(replies, Has.Count.EqualTo(4));
        replies.Dequeue().Acknowledge();
        Assert.That(replies, Has.Count.EqualTo(4), "one more came for the one that was answered");
        while (replies.TryDequeue(out var reply))
            reply.Acknowledge();
        Assert.That((await task.WaitAsync(Patience)).Succeeded);
        Assert.That(kernel.RequestCount, Is.EqualTo(10));
    }

    [Test]
    public async Task Requests_OfManyThreads_AllGetTheirOwnAnswers()
    {
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            var number = MemoryMarshal.Read<int>(request.Payload);
            if (number % 3 == 0)
                reply.Fail(Errno.EEXIST);
            else
                reply.Acknowledge();
        });
        await using var connection = kernel.Connect();
        await Parallel.ForAsync(0, 500, async (i, _) =>
        {
            var batch = new NetlinkBatch();
            batch.Add(SomeType, NetlinkMessageFlags.None, "do thing", i, static (ref NetlinkMessageWriter writer, int n) => MemoryMarshal.Write(writer.WriteFixedHeader(4), n));
            var result = await connection.SendAsync(batch, CancellationToken.None).WaitAsync(Patience, CancellationToken.None);
            Assert.That(result.FailedCount, Is.EqualTo(i % 3 == 0 ? 1 : 0));
        });
    }

    [Test]
    public async Task Dump_WithoutEntries_IsAnEmptyList()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => reply.Done());
        await using var connection = kernel.Connect();
        Assert.That(await connection.DumpAsync<int>(Question, Decode).WaitAsync(Patience), Is.Empty);
    }

    [Test]
    public async Task Dump_Interrupted_IsReadAgain()
    {
        var attempts = 0;
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            attempts++;
            Entry(reply, attempts, attempts == 1 ? NetlinkMessageFlags.DumpInterrupted : NetlinkMessageFlags.None);
            reply.Done(flags: attempts == 2 ? NetlinkMessageFlags.DumpInterrupted : NetlinkMessageFlags.None);
        });
        await using var connection = kernel.Connect();
        var values = await connection.DumpAsync<int>(Question, Decode).WaitAsync(Patience);
        Assert.That(values, Is.EqualTo(new[] { 3 }));
        Assert.That(connection.Statistics.DumpRetries, Is.EqualTo(2));
    }

    [Test]
    public async Task Dump_InterruptedForEver_FailsAfterTheAttemptsAllowed()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => reply.Done(flags: NetlinkMessageFlags.DumpInterrupted));
        await using var connection = kernel.Connect(new NetlinkConnectionOptions { MaxDumpAttempts = 3 });
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => connection.DumpAsync<int>(Question, Decode).WaitAsync(Patience)))!;
        Assert.That(error.Errno, Is.EqualTo(Errno.EINTR));
        Assert.That(error.Message, Does.StartWith("list things: ").And.Contain("3 attempts"));
        Assert.That(kernel.RequestCount, Is.EqualTo(3));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Dump_Refused_FailsWithTheKernelsWords(bool atTheEnd)
    {
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            if (atTheEnd)
                reply.Done(Errno.EPERM);
            else
                reply.Fail(Errno.EPERM, "Not for you.");
        });
        await using var connection = kernel.Connect();
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => connection.DumpAsync<int>(Question, Decode).WaitAsync(Patience)))!;
        Assert.That(error.IsNotPermitted);
    }

    [Test]
    public async Task Dumps_OfOneConnection_WaitForOneAnother()
    {
        var replies = new List<ScriptedReply>();
        await using var kernel = new ScriptedKernel((in request, reply) => replies.Add(reply));
        await using var connection = kernel.Connect();
        var first = connection.DumpAsync<int>(Question, Decode);
        var second = connection.DumpAsync<int>(Question, Decode);
        var change = connection.SendAsync(Batch(1));
        Assert.That(replies, Has.Count.EqualTo(2), "the first dump and the change");
        replies[1].Acknowledge();
        Assert.That((await change.WaitAsync(Patience)).Succeeded);
        Entry(replies[0], 1);
        replies[0].Done();
        Entry(replies[2], 2);
        replies[2].Done();
        Assert.That(await first.WaitAsync(Patience), Is.EqualTo(new[] { 1 }));
        Assert.That(await second.WaitAsync(Patience), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task DataLoss_SettlesBatchesAsUnknownAndRepeatsDumps()
    {
        var replies = new List<ScriptedReply>();
        var losses = new List<Errno>();
        await using var kernel = new ScriptedKernel((in request, reply) => replies.Add(reply));
        await using var connection = kernel.Connect(new NetlinkConnectionOptions { OnDataLost = losses.Add });
        var batch = connection.SendAsync(Batch(3));
        var dump = connection.DumpAsync<int>(Question, Decode);
        replies[0].Acknowledge();
        Entry(replies[3], 1);
        kernel.Lose();
        var result = await batch.WaitAsync(Patience);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result[0], Is.Null);
            Assert.That(result[1]!.IsOutcomeUnknown);
            Assert.That(result[2]!.Errno, Is.EqualTo(Errno.ENOBUFS));
            Assert.That(losses, Is.EqualTo(new[] { Errno.ENOBUFS }));
        }

        Assert.That(dump.IsCompleted, Is.False, "its end is still to come");
        replies[3].Done();
        Entry(replies[4], 5);
        replies[4].Done();
        Assert.That(await dump.WaitAsync(Patience), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public async Task Get_WhoseAnswerIsLost_IsAskedAgain()
    {
        var asked = 0;
        ScriptedKernel? self = null;
        await using var kernel = self = new ScriptedKernel((in request, reply) =>
        {
            if (++asked == 1)
            {
                self!.Lose();
                return;
            }

            Entry(reply, 7, NetlinkMessageFlags.None);
            reply.Acknowledge();
        });
        await using var connection = kernel.Connect();
        Assert.That(await connection.GetAsync<int>(Question, Decode).WaitAsync(Patience), Is.EqualTo(new[] { 7 }));
    }

    [Test]
    public async Task Garbage_FailsWhatIsOutstandingAndTheNextRequestWorks()
    {
        var answer = false;
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            if (answer)
                reply.Acknowledge();
        });
        await using var connection = kernel.Connect();
        var task = connection.SendAsync(Batch(1));
        kernel.Send([3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
        Assert.That((await task.WaitAsync(Patience))[0]!.Errno, Is.EqualTo(Errno.EBADMSG));
        Assert.That(connection.Statistics.Malformed, Is.EqualTo(1));
        answer = true;
        Assert.That((await connection.SendAsync(Batch(1)).WaitAsync(Patience)).Succeeded);
    }

    [Test]
    public async Task Answer_CutIntoPieces_IsPutTogether()
    {
        NetlinkHeader header = default;
        await using var kernel = new ScriptedKernel((in request, reply) => header = reply.Request);
        await using var connection = kernel.Connect();
        var task = connection.SendAsync(Batch(1));
        var acknowledgement = new byte[36];
        new NetlinkHeader(36, NetlinkMessageType.Error, NetlinkMessageFlags.Capped, header.Sequence, ScriptedKernel.PortId).Write(
            acknowledgement);
        foreach (var part in acknowledgement)
            kernel.Send([part]);
        Assert.That((await task.WaitAsync(Patience)).Succeeded);
    }

    [Test]
    public async Task Answer_WithAnErrorButNoBody_IsCountedAndIgnored()
    {
        ScriptedReply? pending = null;
        await using var kernel = new ScriptedKernel((in request, reply) => pending = reply);
        await using var connection = kernel.Connect();
        var task = connection.SendAsync(Batch(1));
        pending!.Message(NetlinkMessageType.Error, NetlinkMessageFlags.None, 0, static (ref NetlinkMessageWriter _, int _) => { });
        Assert.That(connection.Statistics.Malformed, Is.EqualTo(1));
        Assert.That(task.IsCompleted, Is.False);
        pending.Acknowledge();
        await task.WaitAsync(Patience);
    }

    [Test]
    public async Task UncappedError_FindsTheWordsBehindTheRequest()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => reply.Message(
            NetlinkMessageType.Error, NetlinkMessageFlags.AcknowledgeAttributes, reply.Request, static (
                ref NetlinkMessageWriter writer, NetlinkHeader offender) =>
            {
                var body = writer.WriteFixedHeader(sizeof(int) + (int)offender.Length);
                MemoryMarshal.Write(body, -(int)Errno.EINVAL);
                offender.Write(body[sizeof(int)..]);
                writer.WriteString(1, "Words.");
            }));
        await using var connection = kernel.Connect();
        var result = await connection.SendAsync(Batch(1)).WaitAsync(Patience);
        Assert.That(result[0]!.Acknowledgement.Message, Is.EqualTo("Words."));
    }

    [Test]
    public async Task Notification_GoesToItsHandler()
    {
        var types = new List<int>();
        await using var kernel = new ScriptedKernel((in request, reply) => { });
        await using var connection = kernel.Connect(
            new NetlinkConnectionOptions { OnNotification = (in NetlinkMessage message) => types.Add(message.Type) });
        kernel.Notify(300, 0, static (ref NetlinkMessageWriter _, int _) => { });
        kernel.Notify(301, 0, static (ref NetlinkMessageWriter _, int _) => { });
        Assert.That(types, Is.EqualTo(new[] { 300, 301 }));
        Assert.That(connection.Statistics.Notifications, Is.EqualTo(2));
    }

    [Test]
    public async Task Dispose_FailsWhatIsOutstandingAndWhatComesLater()
    {
        await using var kernel = new ScriptedKernel((in request, reply) => { });
        var connection = kernel.Connect();
        var batch = connection.SendAsync(Batch(2));
        var dump = connection.DumpAsync<int>(Question, Decode);
        var waiting = connection.DumpAsync<int>(Question, Decode);
        await connection.DisposeAsync();
        foreach (var task in new Task[] { batch, dump, waiting })
        {
            var error = (await Assert.ThrowsAsync<ObjectDisposedException>(() => task.WaitAsync(Patience)))!;
            Assert.That(error.Message, Does.Contain("before the kernel answered"));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => connection.SendAsync(Batch(1)).WaitAsync(Patience));
        Assert.That(connection.Completion.IsCompletedSuccessfully);
    }

    [Test]
    public async Task TransportThatEnds_FailsWhatIsOutstanding()
    {
        var kernel = new ScriptedKernel((in request, reply) => { });
        await using var connection = kernel.Connect();
        var batch = connection.SendAsync(Batch(2));
        await kernel.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => batch.WaitAsync(Patience));
        await Assert.ThrowsAsync<IOException>(() => connection.Completion.WaitAsync(Patience));
    }

    [Test]
    public async Task Cancellation_StopsWaitingAndLateAnswersDoNoHarm()
    {
        var replies = new List<ScriptedReply>();
        await using var kernel = new ScriptedKernel((in request, reply) => replies.Add(reply));
        await using var connection = kernel.Connect(new NetlinkConnectionOptions { MaxRequestsInFlight = 2 });
        using var cancellation = new CancellationTokenSource();
        var batch = Batch(5);
        var cancelled = connection.SendAsync(batch, cancellation.Token);
        var dump = connection.DumpAsync<int>(Question, Decode, cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(async () => await cancelled.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await dump.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => batch.Clear(), Throws.InvalidOperationException, "two of it are still with the kernel");
        replies[0].Acknowledge();
        replies[1].Acknowledge();
        Assert.That(replies, Has.Count.EqualTo(2), "the rest is not sent");
        batch.Clear();
        var next = connection.SendAsync(Batch(1));
        replies[2].Acknowledge();
        Assert.That((await next.WaitAsync(Patience)).Succeeded);
        var nextDump = connection.DumpAsync<int>(Question, Decode);
        replies[3].Done();
        await nextDump.WaitAsync(Patience);
    }

    [Test]
    public async Task Decoder_ThatThrows_FailsItsCallOnly()
    {
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            Entry(reply, 1);
            reply.Done();
        });
        await using var connection = kernel.Connect();
        await Assert.ThrowsAsync<FormatException>(
            () => connection.DumpAsync<int>(Question, (in _, out _) => throw new FormatException()).WaitAsync(Patience));
        Assert.That(await connection.DumpAsync<int>(Question, Decode).WaitAsync(Patience), Has.Count.EqualTo(1));
    }

    private static NetlinkBatch Batch(int count)
    {
        var batch = new NetlinkBatch();
        for (var i = 0; i < count; i++)
            batch.Add(SomeType, NetlinkMessageFlags.None, "do thing", i, static (ref NetlinkMessageWriter writer, int n) => MemoryMarshal.Write(writer.WriteFixedHeader(4), n));
        return batch;
    }

    private static void Entry(ScriptedReply reply, int value, NetlinkMessageFlags flags = NetlinkMessageFlags.None) => reply.Message(
        SomeType, flags | NetlinkMessageFlags.Multi, value, static (ref NetlinkMessageWriter writer, int n) => MemoryMarshal.Write(
            writer.WriteFixedHeader(4), n));

    private static bool Decode(in NetlinkMessage message, out int value)
    {
        value = MemoryMarshal.Read<int>(message.Payload);
        return true;
    }
}
