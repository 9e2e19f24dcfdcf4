using Keepalived.Vrrp.Tracking;

namespace Keepalived.Vrrp.Transport;

/// <summary>What tracked objects do to the machine: its priority, a fault, and whether it may start.</summary>
internal sealed partial class RouterDriver
{
    private static readonly VrrpFault TrackerFault = new(VrrpFaultReason.Tracker, -1);

    private TrackerSet _trackers = new(VirtualRouterOptions.DefaultPriority);
    private int? _requestedPriority;

    /// <summary>Whether the machine was started.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether nothing more has to be known before the machine starts.</summary>
    public bool IsReady => _isPlaced && !_isEnding && _trackers.PendingCount == 0;

    /// <summary>Takes the place of the base priority, under the contributions of tracked objects.</summary>
    public void SetPriority(int total)
    {
        _requestedPriority = total;
        ApplyTrackers(Context.Loop.Now);
    }

    /// <summary>The state of a tracked object was reported.</summary>
    public void OnTracked(string name, TrackedReport report, long now)
    {
        var changed = false;
        for (var i = 0; i < Options.TrackedObjects.AsSpan().Length; i++)
        {
            if (Options.TrackedObjects[i].Name == name)
                changed |= Options.TrackedObjects[i].IsNumber ? _trackers.SetNumber(i, report.Number) : _trackers.SetState(i, report.State);
        }

        if (changed)
            ApplyTrackers(now);
    }

    private void SetTrackers(VirtualRouterOptions options)
    {
        _trackers = new TrackerSet(options.Priority);
        foreach (var tracked in options.TrackedObjects.AsSpan())
        {
            if (tracked.IsNumber)
                _trackers.AddNumber(tracked.Weight, Context.FindTracked(tracked.Name).Number);
            else
                _trackers.Add(tracked.Weight, Context.FindTracked(tracked.Name).State);
        }

        foreach (var tracked in options.TrackedInterfaces.AsSpan())
            _trackers.Add(tracked.Weight, FindInterfaceState(tracked.Name));
    }

    private void UpdateTrackedInterfaces(long now)
    {
        var changed = false;
        for (var i = 0; i < Options.TrackedInterfaces.AsSpan().Length; i++)
        {
            var name = Options.TrackedInterfaces[i].Name;
            var state = FindInterfaceState(name);
            if (!_trackers.SetState(Options.TrackedObjects.AsSpan().Length + i, state))
                continue;
            changed = true;
            if (state == TrackedState.Up)
                Logger.InterfaceUp(Name, name);
            else
                Logger.InterfaceDown(Name, name);
        }

        if (changed)
            ApplyTrackers(now);
    }

    private TrackedState FindInterfaceState(string name) => IsUp(name) ? TrackedState.Up : TrackedState.Down;

    private void ApplyTrackers(long now)
    {
        Router.SetPriority((_requestedPriority ?? Options.Priority) + _trackers.TotalPriority - _trackers.BasePriority, now);
        Router.SetFault(TrackerFault, _trackers.FaultCount > 0, now);
        StartWhenReady(now);
        Drain();
    }

    /// <summary>The machine starts when every unweighted tracked object has said once whether it is a reason for a fault.</summary>
    public void StartWhenReady(long now)
    {
        if (IsStarted || !IsReady)
            return;
        if (Group is { } group)
        {
            group.StartWhenReady(now);
            return;
        }

        IsStarted = true;
        Router.Start(now, Context.StartupDelayEnd);
    }
}
