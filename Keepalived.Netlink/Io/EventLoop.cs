using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>
/// One thread that waits for descriptors, deadlines, signals and work from other threads, and runs their callbacks in turn: epoll(7), a
/// timerfd at nanosecond resolution under a heap of deadlines, and an eventfd. It is the <see cref="PipeScheduler"/> of its sockets'
/// pipes, a <see cref="System.TimeProvider"/> and the <see cref="System.Threading.SynchronizationContext"/> of its thread, so that all of
/// a protocol runs there without locks.
/// <para>
/// A turn: wait; descriptors that are ready, and the readers of the sockets among them; timers that are due, the earliest first; scheduled
/// work, with the work that it schedules; last what the turn wrote into sockets, a system call for all of it. None can starve another: a chain of work that never ends yields
/// after a number of links, or when a timer falls due, and goes on in the next turn. After start-up a turn allocates nothing.
/// </para>
/// </summary>
public sealed partial class EventLoop : PipeScheduler, IDisposable
{
    private const int EventCapacity = 128;
    private const int WorkBudget = 1024;
    private const int WorkBetweenClockReads = 16;

    private readonly EventLoopOptions _options;
    private readonly long _longTurnThreshold;
    private readonly long _lateTimerThreshold;
    private readonly ConcurrentQueue<WorkItem> _foreignWork = new();
    private readonly WorkRing _work = new();
    private readonly WorkRing _lateWork = new();
    private readonly TimerHeap _timers = new();
    private readonly EpollEvents _events = new(EventCapacity);
    private readonly SocketHandle _epoll;
    private readonly SocketHandle _wakeUp;
    private readonly SocketHandle _clock;
    private readonly LoopSynchronizationContext _synchronizationContext;
    private MessageBatch? _receiveBatch;
    private MessageBatch? _sendBatch;
    private Thread? _thread;
    private long _now;
    private long _waitStarted;
    private long _wokenAt;
    private long _clockSetTo = MonotonicClock.Never;
    private int _timerCount;
    private int _isWakeUpPending;
    private volatile int _loopThreadId;
    private volatile bool _isStopRequested;
    private volatile bool _isDisposed;

    /// <summary>A loop that does not run yet; timers, registrations and work may be given to it.</summary>
    /// <exception cref="SystemCallException">The kernel refused a descriptor.</exception>
    public EventLoop(EventLoopOptions? options = null)
    {
        _options = options ?? new EventLoopOptions();
        _longTurnThreshold = MonotonicClock.FromTimeSpan(_options.LongTurnThreshold);
        _lateTimerThreshold = _options is { OnLateTimer: not null, LateTimerThreshold: var late } && late != Timeout.InfiniteTimeSpan
            ? MonotonicClock.FromTimeSpan(late)
            : long.MaxValue;
        _realTimeBudget = MonotonicClock.FromTimeSpan(_options.RealTimeBudget);
        _synchronizationContext = new LoopSynchronizationContext(this);
        EndOfTurn = new LateScheduler(this);
        TimeProvider = new LoopTimeProvider(this);
        _epoll = Libc.EpollCreate().ThrowIfInvalid("create an epoll descriptor");
        _wakeUp = Libc.EventFd().ThrowIfInvalid("create an event descriptor");
        _clock = Libc.TimerFd().ThrowIfInvalid("create a timer descriptor");

        // Edge-triggered, the event descriptor need never be read: each write is an edge, and 2^64 of them do not happen.
        EpollControl(Libc.EpollAdd, _wakeUp, Libc.EpollIn | Libc.EpollEdgeTriggered, WakeUpToken);
        EpollControl(Libc.EpollAdd, _clock, Libc.EpollIn | Libc.EpollEdgeTriggered, ClockToken);
    }

    /// <summary>
    /// Raised on the loop when a callback lets an exception escape, also out of an <c>async void</c>. A subscriber that can vouch for the
    /// rest sets <see cref="EventLoopExceptionEventArgs.Handled"/>; otherwise the exception leaves <see cref="Run"/>, which on the loop's
    /// own thread ends the process as any unhandled exception does.
    /// </summary>
    public event EventHandler<EventLoopExceptionEventArgs>? UnhandledException;

    /// <summary>Its name.</summary>
    public string Name => _options.Name;

    /// <summary>Whether the caller is a callback of this loop.</summary>
    public bool IsInLoop => _loopThreadId == Environment.CurrentManagedThreadId;

    /// <summary>
    /// The time in nanoseconds of <see cref="MonotonicClock"/>: on the loop as of when the present group of callbacks began (refreshed
    /// after every wait, before every timer and before scheduled work), elsewhere the clock itself.
    /// </summary>
    public long Now => IsInLoop ? _now : MonotonicClock.Now;

    /// <summary>A time provider with this loop's precision, whose timers call back on the loop. It may be used from any thread.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Brings callbacks to the loop; it is current on the loop's thread, so that what is awaited there resumes there.</summary>
    public SynchronizationContext SynchronizationContext => _synchronizationContext;

    /// <summary>What the loop measured about itself.</summary>
    public EventLoopStatistics Statistics { get; } = new();

    /// <summary>Schedules to the end of the turn, after all other callbacks.</summary>
    internal PipeScheduler EndOfTurn { get; }

    /// <summary>Whether the loop is in <see cref="Run"/>, here or on its own thread.</summary>
    public bool IsRunning => _loopThreadId != 0;

    /// <summary>The buffers of recvmmsg, for one callback at a time.</summary>
    internal MessageBatch ReceiveBatch => LazyInitializer.EnsureInitialized(ref _receiveBatch);

    /// <summary>The buffers of sendmmsg, for one callback at a time.</summary>
    internal MessageBatch SendBatch => LazyInitializer.EnsureInitialized(ref _sendBatch);

    /// <summary>Where in its pipe each datagram of <see cref="SendBatch"/> ends.</summary>
    internal SequencePosition[] SendEnds { get; } = new SequencePosition[MessageBatch.Count];

    /// <summary>Starts a thread of its own and returns when that runs.</summary>
    /// <exception cref="InvalidOperationException">The loop runs already.</exception>
    /// <exception cref="SystemCallException">The thread may not enter the network namespace of the options.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_thread is not null)
            throw new InvalidOperationException("The loop was started already.");
        ExceptionDispatchInfo? failure = null;
        using var ready = new ManualResetEventSlim();
        _thread = new Thread(() =>
        {
            try
            {
                Enter();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                return;
            }
            finally
            {
                ready.Set();
            }

            RunTurns();
        })
        { Name = Name, IsBackground = true };
        _thread.Start();
        ready.Wait();
        if (failure is null)
            return;
        _thread.Join();
        _thread = null;
        failure.Throw();
    }

    /// <summary>Runs on the calling thread until <see cref="Stop"/>. If that was called before, a single turn runs.</summary>
    /// <exception cref="InvalidOperationException">The loop runs already.</exception>
    /// <exception cref="SystemCallException">The thread may not enter the network namespace of the options.</exception>
    public void Run()
    {
        Enter();
        RunTurns();
    }

    /// <summary>
    /// Asks the loop to end after the present turn. Does not wait; <see cref="Dispose"/> does. May be called from any thread and from
    /// signal callbacks.
    /// </summary>
    public void Stop()
    {
        _isStopRequested = true;
        WakeUp();
    }

    /// <summary>
    /// Calls <paramref name="action"/> on the loop: given from a callback, later in the same turn; from another thread, as soon as the
    /// loop comes round. Order is kept for each thread. Allocates nothing in the steady state. Work given while the loop does not run
    /// waits for it; given to a disposed loop, it is not done.
    /// </summary>
    public override void Schedule(Action<object?> action, object? state)
    {
        ArgumentNullException.ThrowIfNull(action);
        Enqueue(action, state, isLate: false);
    }

    /// <summary>
    /// Runs <paramref name="action"/> at the end of the turn, behind what sockets were asked to send before: a caller that has just flushed
    /// datagrams knows them on the wire. May be called from any thread; allocates nothing in steady state when called on the loop.
    /// </summary>
    public void ScheduleAfterSending(Action<object?> action, object? state)
    {
        ArgumentNullException.ThrowIfNull(action);
        Enqueue(action, state, isLate: true);
    }

    /// <summary>A timer, not armed yet. May be called from any thread.</summary>
    public LoopTimer CreateTimer(Action<object?> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Interlocked.Increment(ref _timerCount);
        return new LoopTimer(this, callback, state);
    }

    /// <summary>
    /// Calls back on the loop when the process receives <paramref name="signal"/>, which then does not have its default effect. Any
    /// number of the platform serves, such as <c>(PosixSignal)10</c> for SIGUSR1; one that the process ignored until now is no longer
    /// ignored. Dispose the result to end it.
    /// </summary>
    public IDisposable OnSignal(PosixSignal signal, Action<object?> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new LoopSignal(this, signal, callback, state);
    }

    /// <summary>
    /// Stops the loop, waits for its thread unless this is it, and closes its descriptors. Registrations, timers and sockets of the loop
    /// are dead from then on; dispose them before. A loop that is in <see cref="Run"/> on another thread must be stopped first.
    /// </summary>
    /// <exception cref="InvalidOperationException">The loop is in <see cref="Run"/> on another thread.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (_thread is { } thread && !IsInLoop)
        {
            Stop();
            thread.Join();
        }
        else if (_loopThreadId != 0 && !IsInLoop)
        {
            throw new InvalidOperationException("The loop runs on another thread; stop it before it is disposed.");
        }

        _isDisposed = true;
        _isStopRequested = true;
        if (!IsInLoop)
            CloseDescriptors();
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    internal void VerifyAccess()
    {
        var owner = _loopThreadId;
        if (owner != 0 && owner != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("This belongs to its loop's thread; use Schedule to get there.");
    }

    internal void ArmTimer(LoopTimer timer, long deadline)
    {
        if (deadline == MonotonicClock.Never)
        {
            if (timer.IsArmed)
                _timers.Remove(timer);
            return;
        }

        _timers.EnsureCapacity(Volatile.Read(ref _timerCount));
        _timers.Set(timer, Math.Max(deadline, Now));
    }

    internal void ForgetTimer() => Interlocked.Decrement(ref _timerCount);

    internal void Enqueue(Delegate callback, object? state, bool isLate)
    {
        if (IsInLoop)
        {
            (isLate ? _lateWork : _work).Enqueue(new WorkItem(callback, state));
            return;
        }

        _foreignWork.Enqueue(new WorkItem(callback, state, isLate));
        WakeUp();
    }

    private void CloseDescriptors()
    {
        _clock.Dispose();
        _wakeUp.Dispose();
        _epoll.Dispose();
    }
}
