using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests;

/// <summary>After construction nothing allocates: not packets, timers, state changes, authentication or echo.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    private static readonly BfdAuthenticationType?[] Types =
        [null, BfdAuthenticationType.SimplePassword, BfdAuthenticationType.MeticulousKeyedMd5, BfdAuthenticationType.MeticulousKeyedSha1];

    private readonly byte[] _buffer = new byte[BfdControlPacket.MaxSize];
    private readonly byte[] _echo = new byte[BfdEchoPacket.Size];
    private int _stateChanges;

    [TestCaseSource(nameof(Types))]
    public void TwoSessions_UpDownAndUpAgain_AllocateNothing(BfdAuthenticationType? type)
    {
        var options = new BfdSessionOptions
        {
            DesiredMinTxInterval = TimeSpan.FromMilliseconds(10),
            RequiredMinRxInterval = TimeSpan.FromMilliseconds(10),
            RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(10),
            EchoTxInterval = TimeSpan.FromMilliseconds(10),
            Authentication = type is { } kind ? new BfdKeyChain(new BfdKey(1, kind, "secret"u8)) : null,
        };
        var addresses = new[] { InetAddress.Parse("10.0.0.1"), InetAddress.Parse("10.0.0.2") };
        var tables = new[] { new BfdSessionTable(), new BfdSessionTable() };
        var sessions = new BfdSession[2];
        for (var i = 0; i < 2; i++)
            tables[i].Add(sessions[i] = new BfdSession(new BfdPath { Remote = addresses[1 - i] }, (uint)i + 1, options, 0, new Random(i)));

        long now = 0;
        Run(sessions, tables, addresses, ref now, 5);
        _stateChanges = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(sessions, tables, addresses, ref now, 20);
        sessions[0].Fail(BfdDiagnostic.PathDown, now);
        Run(sessions, tables, addresses, ref now, 5);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
        Assert.That(_stateChanges, Is.GreaterThanOrEqualTo(4));
        Assert.That(sessions[0].State, Is.EqualTo(BfdState.Up));
        Assert.That(sessions[0].Statistics.EchoPacketsReceived, Is.GreaterThan(1000));
    }

    private void Run(BfdSession[] sessions, BfdSessionTable[] tables, InetAddress[] addresses, ref long now, int seconds)
    {
        var end = now + (seconds * 1_000_000_000L);
        var guard = new LivelockGuard();
        while (true)
        {
            var next = Math.Min(sessions[0].NextDeadline, sessions[1].NextDeadline);
            if (next > end)
                break;
            now = Math.Max(now, next);
            for (var i = 0; i < 2; i++)
                sessions[i].HandleTimeout(now);
            for (var isBusy = true; isBusy;)
            {
                guard.Turn(now);
                isBusy = Carry(sessions, tables, addresses, 0, now) | Carry(sessions, tables, addresses, 1, now);
            }
        }

        now = end;
    }

    private bool Carry(BfdSession[] sessions, BfdSessionTable[] tables, InetAddress[] addresses, int from, long now)
    {
        var isBusy = false;
        while (sessions[from].TryDequeue(out var action))
        {
            isBusy = true;
            switch (action.Kind)
            {
                case BfdActionKind.SendControl:
                    var length = sessions[from].WriteControl(action, _buffer);
                    var origin = new BfdPacketOrigin { Source = addresses[from], Destination = addresses[1 - from], HopLimit = 255 };
                    tables[1 - from].HandleDatagram(_buffer.AsSpan(0, length), origin, now, out _);
                    break;
                case BfdActionKind.SendEcho:
                    sessions[from].WriteEcho(action, _echo, now);
                    tables[from].HandleEchoDatagram(_echo, 254, now, out _);
                    break;
                case BfdActionKind.StateChanged:
                    _stateChanges++;
                    break;
            }
        }

        return isBusy;
    }
}
