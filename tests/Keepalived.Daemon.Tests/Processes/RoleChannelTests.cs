using System.Collections.Concurrent;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Tests.Notify;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Daemon.Tests.Processes;

public sealed class RoleChannelTests
{
    [Test]
    public void Send_MoreThanTheSocketHolds_AllArriveInOrder()
    {
        const int count = 20_000;
        using var sender = new LoopHarness();
        using var receiver = new LoopHarness();
        var (one, other) = RoleChannel.CreatePair();
        var received = new ConcurrentQueue<string>();
        using var channel = sender.Call(() => new RoleChannel(sender.Loop, one, NullLogger.Instance, static _ => { }, static () => { }));
        var sent = sender.Call(() =>
            Enumerable.Range(0, count).All(number => channel.Send(RoleMessage.OfInstance($"VI_{number}", isMaster: true))));
        Assert.That(sent, Is.True);

        using var end = receiver.Call(() => new RoleChannel(
            receiver.Loop, other, NullLogger.Instance, message => received.Enqueue(message.Text[1..]), static () => { }));

        Assert.That(() => received.Count, Is.EqualTo(count).After(20_000, 20));
        Assert.That(received, Is.EqualTo(Enumerable.Range(0, count).Select(static number => $"VI_{number}")));
        sender.Call(() =>
        {
            channel.Dispose();
            return 0;
        });
        Assert.That(sender.Call(() => channel.Send(new RoleMessage(RoleMessageKind.Reload))), Is.False);
        receiver.Call(() =>
        {
            end.Dispose();
            return 0;
        });
    }

    [Test]
    public void Send_TheOtherEndIsGone_SaysSo()
    {
        using var loop = new LoopHarness();
        var (one, other) = RoleChannel.CreatePair();
        other.Dispose();
        var closed = new TaskCompletionSource<bool>();
        using var channel = loop.Call(() => new RoleChannel(loop.Loop, one, NullLogger.Instance, static _ => { }, () => closed.TrySetResult(true)));
        Assert.That(LoopHarness.Wait(closed.Task), Is.True);
        Assert.That(loop.Call(() => channel.Send(new RoleMessage(RoleMessageKind.Reload))), Is.False);
    }
}
