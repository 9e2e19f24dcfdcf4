using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

public sealed unsafe partial class EventLoop
{
    private const ulong WakeUpToken = ulong.MaxValue;
    private const ulong ClockToken = ulong.MaxValue - 1;

    // Batches of datagrams before a timer that is due: some 2,000 of them.
    private const int ReceiveBudget = 64;

    private NetworkNamespaceScope _namespaceScope;
    private SynchronizationContext? _outerContext;
    private bool _hasMoreToReceive;

    // Everything that can fail before the first turn, so that Start can throw it.
    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Interlocked.CompareExchange(ref _loopThreadId, Environment.CurrentManagedThreadId, 0) != 0)
            throw new InvalidOperationException("The loop runs already.");
        try
        {
            if (_options.NetworkNamespace is { } networkNamespace)
                _namespaceScope = networkNamespace.EnterScope();
        }
        catch
        {
            _loopThreadId = 0;
            throw;
        }

        _outerContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_synchronizationContext);
    }

    private void RunTurns()
    {
        var scheduling = ThreadScheduling.Apply(_options);
        try
        {
            // An exception that left an earlier run may have taken the news of a wake-up with it.
            Interlocked.Exchange(ref _isWakeUpPending, 0);
            _now = _waitStarted = MonotonicClock.Now;
            do
                RunTurn();
            while (!_isStopRequested);
        }
        finally
        {
            _isStopRequested = false;
            scheduling.Restore();
            SynchronizationContext.SetSynchronizationContext(_outerContext);
            _namespaceScope.Leave();
            _namespaceScope = default;
            _loopThreadId = 0;
            if (_isDisposed)
                CloseDescriptors();
        }
    }

    private void RunTurn()
    {
        var ready = Wait();
        _wokenAt = _now = MonotonicClock.Now;
        NoteWait();
        Statistics.Turns++;
        DispatchReady(ready);
        HandleReceived();
        FireTimers();
        RunWork();
        RunLateWork();

        var finished = MonotonicClock.Now;
        var duration = finished - _wokenAt;
        Statistics.RecordTurn(_wokenAt, duration);
        _waitStarted = finished;
        if (duration > _longTurnThreshold)
        {
            Statistics.LongTurns++;
            if (_options.Logger is { } logger)
                Log.LoopLongTurn(logger, Name, duration / MonotonicClock.Microsecond);
        }
    }

    /// <summary>A socket had more than it was asked for.</summary>
    internal void ReportMoreToReceive() => _hasMoreToReceive = true;

    private int Wait()
    {
        var timeout = -1;
        if (_isStopRequested || _work.Count > 0 || _lateWork.Count > 0 || !_foreignWork.IsEmpty || _timers.EarliestDeadline <= _waitStarted)
            timeout = 0;
        else
            SetClock();
        var ready = Libc.EpollWait(_epoll, _events.Pointer, _events.Capacity, timeout);
        if (ready >= 0)
            return ready;
        return Marshal.GetLastPInvokeError() == (int)Errno.EINTR ? 0 : throw SystemCallException.FromLastError("wait for events");
    }

    // A timer descriptor, not the timeout of epoll: the latter is subject to slack of a thousandth of its length, 1 ms in a second. One
    // that is set too early costs an idle turn; moving a deadline back and forth, as protocols do with every packet, costs no system call.
    private void SetClock()
    {
        var deadline = _timers.EarliestDeadline;
        if (deadline >= _clockSetTo && _clockSetTo > _waitStarted)
            return;
        if (deadline == MonotonicClock.Never)
        {
            _clockSetTo = MonotonicClock.Never;
            return;
        }

        var value = new TimerSpec { ValueSeconds = deadline / MonotonicClock.Second, ValueNanoseconds = deadline % MonotonicClock.Second };
        if (Libc.TimerFdSetTime(_clock, Libc.TimerAbsolute, &value, null) != 0)
            throw SystemCallException.FromLastError("set the timer of the event loop");
        _clockSetTo = deadline;
    }

    private void DispatchReady(int ready)
    {
        for (var i = 0; i < ready; i++)
        {
            var (events, data) = _events[i];
            if (data == WakeUpToken)
            {
                // Before the queue is looked at: whoever enqueues after this wakes the loop again.
                Interlocked.Exchange(ref _isWakeUpPending, 0);
                Statistics.WakeUps++;
            }
            else if (data == ClockToken)
            {
                _clockSetTo = MonotonicClock.Never;
            }
            else if (Find(data) is { Interest: not LoopReadiness.None } registration)
            {
                Statistics.ReadinessCallbacks++;
                try
                {
                    registration.Callback(registration.State, (LoopReadiness)events);
                }
                catch (Exception exception) when (IsHandled(exception))
                {
                }

                PauseIfDue();
            }
        }
    }

    // Timers wait for what did not come. So, before one fires, what came in time is handled, however late this turn is: or a process that
    // got no processor for a while would take the master for dead whose adverts wait in its sockets. A flood cannot hold the timers up for
    // longer than the budget.
    private void HandleReceived()
    {
        RunQueuedWork();
        for (var round = 1; round < ReceiveBudget && _hasMoreToReceive && _timers.EarliestDeadline <= _now; round++)
        {
            _hasMoreToReceive = false;
            DispatchReady(PollReady());
            RunQueuedWork();
        }

        _hasMoreToReceive = false;
    }

    private int PollReady()
    {
        var ready = Libc.EpollWait(_epoll, _events.Pointer, _events.Capacity, 0);
        if (ready >= 0)
            return ready;
        return Marshal.GetLastPInvokeError() == (int)Errno.EINTR ? 0 : throw SystemCallException.FromLastError("wait for events");
    }

    // What is queued by now; what that queues is for later.
    private void RunQueuedWork()
    {
        for (var count = Math.Min(_work.Count, WorkBudget); count > 0 && _work.TryDequeue(out var item); count--)
            Invoke(item);
    }

    // Fires what was armed before this phase: a timer that arms itself anew in the past waits for the next turn, so that descriptors have
    // theirs.
    private void FireTimers()
    {
        if (_timers.Count == 0)
            return;
        var due = _now = MonotonicClock.Now;
        var end = _timers.NextSequence;
        var latest = 0L;
        while (_timers.EarliestDeadline <= due && _timers.EarliestSequence < end)
        {
            var deadline = _timers.EarliestDeadline;
            var timer = _timers.RemoveEarliest();
            _now = MonotonicClock.Now;
            Statistics.TimersFired++;
            Statistics.TimerLateness.Record(_now - deadline);
            latest = Math.Max(latest, _now - deadline);
            if (deadline >= _waitStarted)
                Statistics.WakeLateness.Record(_wokenAt - deadline);
            try
            {
                timer.Callback(timer.State);
            }
            catch (Exception exception) when (IsHandled(exception))
            {
            }

            PauseIfDue();
        }

        if (latest > _lateTimerThreshold)
            ReportLateTimer(latest);
    }

    private void ReportLateTimer(long lateness)
    {
        try
        {
            _options.OnLateTimer!(MonotonicClock.ToTimeSpan(lateness));
        }
        catch (Exception exception) when (IsHandled(exception))
        {
        }
    }

    private void RunWork()
    {
        if (_work.Count == 0 && _foreignWork.IsEmpty)
            return;
        _now = MonotonicClock.Now;
        for (var done = 0; done < WorkBudget;)
        {
            var any = false;
            if (_foreignWork.TryDequeue(out var foreign))
            {
                any = true;
                if (foreign.IsLate)
                    _lateWork.Enqueue(foreign);
                else
                    Invoke(foreign);
            }

            if (_work.TryDequeue(out var item))
            {
                any = true;
                Invoke(item);
            }

            if (!any)
                return;
            if (++done % WorkBetweenClockReads == 0)
            {
                _now = MonotonicClock.Now;
                if (_timers.EarliestDeadline <= _now)
                    return;
            }
        }
    }

    private void RunLateWork()
    {
        // Those that come while this runs are for the next turn, or two sockets' pumps could play ball for ever.
        for (var count = _lateWork.Count; count > 0 && _lateWork.TryDequeue(out var item); count--)
            Invoke(item);
    }

    private void Invoke(in WorkItem item)
    {
        Statistics.WorkItems++;
        try
        {
            item.Invoke();
        }
        catch (Exception exception) when (IsHandled(exception))
        {
        }

        PauseIfDue();
    }

    private bool IsHandled(Exception exception)
    {
        Statistics.CallbackExceptions++;
        if (_options.Logger is { } logger)
            Log.LoopCallbackFailed(logger, Name, exception);
        if (UnhandledException is not { } handlers)
            return false;
        var arguments = new EventLoopExceptionEventArgs(exception);
        handlers(this, arguments);
        return arguments.Handled;
    }

    private void WakeUp()
    {
        if (IsInLoop || Interlocked.Exchange(ref _isWakeUpPending, 1) != 0)
            return;
        ulong one = 1;
        try
        {
            if (Libc.Write(_wakeUp, &one, sizeof(ulong)) != sizeof(ulong))
                throw SystemCallException.FromLastError("wake the event loop");
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            // Timers and pipes outlive their loop for a moment when a program ends.
        }
    }
}
