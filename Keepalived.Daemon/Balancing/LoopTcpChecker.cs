using System.Net;
using System.Threading.Tasks.Sources;
using Keepalived.Checkers;
using Keepalived.Checkers.Tcp;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// TCP_CHECK on the loop. It is the check that there are most of, and its work is the kernel's: threads that hand each other its few steps
/// would cost more than these.
/// </summary>
internal sealed class LoopTcpChecker(EventLoop loop, CheckConnection connection) : IChecker
{
    /// <inheritdoc/>
    public ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var probe = new Probe(loop, connection, cancellationToken);
        if (loop.IsInLoop)
            probe.Begin();
        else
            loop.Schedule(static state => ((Probe)state!).Begin(), probe);
        return probe.Result;
    }

    private static CheckResult Judge(CheckConnection connection, Errno error)
    {
        if (error == Errno.None)
            return CheckResult.Success;
        var destination = new IPEndPoint(connection.Address.ToIPAddress(), connection.Port);
        return error == Errno.ETIMEDOUT
            ? CheckResult.Failure($"timeout connecting to {destination}")
            : TcpChecker.ConnectFailure((int)error, Interop.Errno.Message((int)error), destination);
    }

    /// <summary>One probe, which is also the task of its result.</summary>
    private sealed class Probe : IValueTaskSource<CheckResult>
    {
        private readonly EventLoop _loop;
        private readonly CheckConnection _connection;
        private readonly CancellationToken _cancellation;
        private ManualResetValueTaskSourceCore<CheckResult> _core;
        private CancellationTokenRegistration _registration;
        private ConnectionAttempt? _attempt;
        private bool _hasEnded;

        public Probe(EventLoop loop, CheckConnection connection, CancellationToken cancellation) =>
            (_loop, _connection, _cancellation) = (loop, connection, cancellation);

        public ValueTask<CheckResult> Result => new(this, _core.Version);

        public void Begin()
        {
            if (_cancellation.IsCancellationRequested)
            {
                GiveUp();
                return;
            }

            try
            {
                _attempt = ConnectionAttempt.Start(
                    _loop, Options(_connection), static (probe, error) => ((Probe)probe!).End(error), this);
            }
            catch (SystemCallException e)
            {
                _hasEnded = true;
                _core.SetResult(CheckResult.LocalError($"cannot {e.Operation}: {Interop.Errno.Message((int)e.Error)}"));
                return;
            }

            _registration = _cancellation.UnsafeRegister(
                static probe => ((Probe)probe!)._loop.Schedule(static state => ((Probe)state!).GiveUp(), probe), this);
        }

        public CheckResult GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);

        private static ConnectionAttemptOptions Options(CheckConnection connection) => new()
        {
            Address = connection.Address,
            Port = connection.Port,
            Timeout = connection.Timeout,
            BindAddress = connection.BindAddress,
            BindPort = connection.BindPort,
            Interface = connection.BindInterface,
            Mark = connection.FirewallMark,
        };

        private void End(Errno error)
        {
            _hasEnded = true;
            _registration.Unregister();
            _core.SetResult(Judge(_connection, error));
        }

        private void GiveUp()
        {
            if (_hasEnded)
                return;
            _hasEnded = true;
            _attempt?.Dispose();
            _core.SetException(new OperationCanceledException(_cancellation));
        }
    }
}
