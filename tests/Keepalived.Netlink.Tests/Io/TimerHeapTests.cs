using CsCheck;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class TimerHeapTests
{
    private enum Operation
    {
        Set,
        Remove,
        RemoveEarliest,
    }

    [Test]
    public void Heap_AnyOperations_AgreesWithSortedModel()
    {
        var operation = Gen.Select(Gen.Enum<Operation>(), Gen.Int[0, 31], Gen.Long[0, 20]);
        operation.Array[0, 300].Sample(steps =>
        {
            using var loop = new EventLoop();
            var heap = new TimerHeap();
            var timers = Enumerable.Range(0, 32).Select(_ => new LoopTimer(loop, static _ => { }, null)).ToArray();
            var model = new SortedSet<(long Deadline, long Sequence, int Timer)>();
            var sequence = 0L;
            foreach (var (what, index, deadline) in steps)
            {
                switch (what)
                {
                    case Operation.Set:
                        model.RemoveWhere(entry => entry.Timer == index);
                        model.Add((deadline, sequence++, index));
                        heap.Set(timers[index], deadline);
                        break;
                    case Operation.Remove when timers[index].IsArmed:
                        model.RemoveWhere(entry => entry.Timer == index);
                        heap.Remove(timers[index]);
                        break;
                    case Operation.RemoveEarliest when heap.Count > 0:
                        if (!ReferenceEquals(heap.RemoveEarliest(), timers[model.Min.Timer]))
                            return false;
                        model.Remove(model.Min);
                        break;
                }

                var expected = model.Count == 0 ? MonotonicClock.Never : model.Min.Deadline;
                if (heap.Count != model.Count || heap.EarliestDeadline != expected)
                    return false;
                if (timers.Where((timer, i) => timer.IsArmed != model.Any(entry => entry.Timer == i)).Any())
                    return false;
            }

            while (heap.Count > 0)
            {
                if (!ReferenceEquals(heap.RemoveEarliest(), timers[model.Min.Timer]))
                    return false;
                model.Remove(model.Min);
            }

            return model.Count == 0;
        }, iter: 300);
    }

    [Test]
    public void Heap_EqualDeadlines_LeaveInOrderOfArming()
    {
        using var loop = new EventLoop();
        var heap = new TimerHeap();
        var timers = Enumerable.Range(0, 100).Select(_ => new LoopTimer(loop, static _ => { }, null)).ToArray();
        foreach (var timer in timers)
            heap.Set(timer, 7);
        heap.Set(timers[0], 7);

        var order = new List<LoopTimer>();
        while (heap.Count > 0)
            order.Add(heap.RemoveEarliest());

        Assert.That(order, Is.EqualTo(timers.Skip(1).Append(timers[0])));
    }
}
