using System.IO.Pipelines;

namespace Keepalived.Netlink.Io;

/// <summary>
/// Schedules on an <see cref="EventLoop"/> at the end of the turn, after all callbacks: what many of them wrote is then sent at once.
/// </summary>
internal sealed class LateScheduler(EventLoop loop) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state) => loop.Enqueue(action, state, isLate: true);
}
