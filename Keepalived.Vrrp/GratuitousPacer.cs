using System.Runtime.InteropServices;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp;

/// <summary>
/// Spaces announcements out, because some switches drop bursts: at least an interval between two gratuitous ARPs and between two neighbour
/// advertisements, shared by everything that uses the same pacer (vrrp_garp_interval, vrrp_gna_interval, garp_group). What must wait is
/// announced round-robin. Sans-I/O as <see cref="VrrpRouter"/>: drain <see cref="TryDequeue"/>, then wait for <see cref="NextDeadline"/>.
/// </summary>
public sealed class GratuitousPacer
{
    private readonly Lane _arp;
    private readonly Lane _neighbour;

    /// <summary>A pacer.</summary>
    /// <param name="arpInterval">Between two gratuitous ARPs; zero: no limit.</param>
    /// <param name="neighbourInterval">Between two neighbour advertisements; zero: no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval is negative.</exception>
    public GratuitousPacer(TimeSpan arpInterval, TimeSpan neighbourInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arpInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbourInterval, TimeSpan.Zero);
        _arp = new Lane(MonotonicClock.FromTimeSpan(arpInterval));
        _neighbour = new Lane(MonotonicClock.FromTimeSpan(neighbourInterval));
    }

    /// <summary>How many announcements wait.</summary>
    public int Pending => _arp.Pending + _neighbour.Pending;

    /// <summary>When the next announcement may leave, perhaps in the past; <see cref="MonotonicClock.Never"/> if none waits.</summary>
    public long NextDeadline => Math.Min(_arp.NextDeadline, _neighbour.NextDeadline);

    /// <summary>Asks for an address to be announced. If it waits already, it gets the larger number of rounds, not the sum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rounds are fewer than 1.</exception>
    public void Enqueue(in GratuitousTarget target, int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        (target.Address.IsIPv4 ? _arp : _neighbour).Enqueue(target, rounds);
    }

    /// <summary>The next announcement that may leave at <paramref name="now"/>: send it once.</summary>
    public bool TryDequeue(long now, out GratuitousTarget target) =>
        _arp.TryDequeue(now, out target) || _neighbour.TryDequeue(now, out target);

    /// <summary>Forgets what waits for an owner, because it is no longer master.</summary>
    public void Cancel(object owner)
    {
        _arp.Cancel(owner);
        _neighbour.Cancel(owner);
    }

    private sealed class Lane(long interval)
    {
        private readonly List<Entry> _entries = [];
        private long _nextAllowed = long.MinValue;
        private int _cursor;

        public int Pending
        {
            get
            {
                var pending = 0;
                foreach (var entry in _entries)
                    pending += entry.Rounds;
                return pending;
            }
        }

        public long NextDeadline => _entries.Count == 0 ? MonotonicClock.Never : _nextAllowed;

        public void Enqueue(in GratuitousTarget target, int rounds)
        {
            foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            {
                if (!ReferenceEquals(entry.Target.Owner, target.Owner) || entry.Target.InterfaceIndex != target.InterfaceIndex
                    || entry.Target.Address != target.Address)
                    continue;
                entry.Rounds = Math.Max(entry.Rounds, rounds);
                return;
            }

            _entries.Add(new Entry { Target = target, Rounds = rounds });
        }

        public bool TryDequeue(long now, out GratuitousTarget target)
        {
            target = default;
            if (_entries.Count == 0 || now < _nextAllowed)
                return false;
            if (_cursor >= _entries.Count)
                _cursor = 0;
            ref var entry = ref CollectionsMarshal.AsSpan(_entries)[_cursor];
            target = entry.Target;
            if (--entry.Rounds == 0)
                _entries.RemoveAt(_cursor);
            else
                _cursor++;
            if (interval > 0)
                _nextAllowed = now + interval;
            return true;
        }

        public void Cancel(object owner)
        {
            for (var i = _entries.Count - 1; i >= 0; i--)
            {
                if (!ReferenceEquals(_entries[i].Target.Owner, owner))
                    continue;
                _entries.RemoveAt(i);
                if (i < _cursor)
                    _cursor--;
            }
        }

        private struct Entry
        {
            public GratuitousTarget Target;
            public int Rounds;
        }
    }
}
