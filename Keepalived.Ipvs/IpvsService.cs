using Keepalived.Ipvs.Wire;

namespace Keepalived.Ipvs;

/// <summary>A virtual service: what clients connect to, and how a destination is chosen for them.</summary>
public sealed record IpvsService
{
    /// <summary>What tells it from others.</summary>
    public required IpvsServiceKey Key { get; init; }

    /// <summary>The scheduler: a name of <see cref="IpvsScheduler"/>, or another that the kernel knows. wlc by default.</summary>
    public string Scheduler { get; init; } = IpvsScheduler.WeightedLeastConnection;

    /// <summary>One-packet scheduling and the scheduler's flags.</summary>
    public IpvsServiceFlags Flags { get; init; }

    /// <summary>Whether clients keep their destination, and how; null for not.</summary>
    public IpvsPersistence? Persistence { get; init; }

    /// <summary>Checks what the kernel would refuse, or take and never serve.</summary>
    /// <exception cref="ArgumentException">
    /// A value is out of range: the key is the default one; the scheduler's or engine's name is empty, too long or not ASCII; flags are
    /// unknown; one-packet scheduling is asked of TCP or SCTP; port 0 without persistence; persistence out of its ranges.
    /// </exception>
    public void Validate()
    {
        if (Key.IsNone)
            throw Invalid("it has no key");
        if (!WireText.IsName(Scheduler, IpvsScheduler.MaxNameLength))
            throw Invalid($"'{Scheduler}' is not the name of a scheduler (1 to {IpvsScheduler.MaxNameLength} ASCII characters)");
        if ((Flags & ~ServiceCodec.KnownFlags) != 0)
            throw Invalid($"unknown flags {Flags}");
        if ((Flags & IpvsServiceFlags.OnePacket) != 0 && !Key.IsMark && Key.Protocol != IpvsProtocol.Udp)
            throw Invalid("only UDP has one-packet scheduling");
        if (Persistence is { } persistence)
            ValidatePersistence(persistence);
        else if (!Key.IsMark && Key.Port == 0)
            throw Invalid("port 0 (all ports) needs persistence");
    }

    /// <summary>Whether the kernel does the same for both, whatever words were used to say it.</summary>
    /// <param name="other">A service of the same family.</param>
    public bool HasSettingsOf(IpvsService other) =>
        Scheduler == other.Scheduler && Flags == other.Flags
        && Persistence?.Timeout == other.Persistence?.Timeout
        && Persistence?.Engine == other.Persistence?.Engine
        && Persistence?.Granularity.ToKernel(Key.Family) == other.Persistence?.Granularity.ToKernel(Key.Family);

    private void ValidatePersistence(IpvsPersistence persistence)
    {
        var timeout = persistence.Timeout;
        if (timeout < TimeSpan.FromSeconds(1) || timeout > IpvsPersistence.MaxTimeout || !WireTime.IsWholeSeconds(timeout))
            throw Invalid($"a persistence timeout of {timeout} is not whole seconds from 1 to {IpvsPersistence.MaxTimeout.TotalSeconds}");
        if (persistence.Granularity.Misfit(Key.Family) is { } misfit)
            throw Invalid($"granularity {persistence.Granularity}: {misfit}");
        if (persistence.Engine is { } engine && !WireText.IsName(engine, IpvsPersistence.MaxEngineNameLength))
            throw Invalid(
                $"'{engine}' is not the name of a persistence engine (1 to {IpvsPersistence.MaxEngineNameLength} ASCII characters)");
    }

    private ArgumentException Invalid(string reason) => new($"IPVS service {Key}: {reason}.");

    /// <summary>As ipvsadm writes it: <c>TCP 192.0.2.1:80 wlc persistent 360</c>.</summary>
    public override string ToString()
    {
        var flags = Flags == IpvsServiceFlags.None ? "" : $" ({WireText.Describe(Flags)})";
        var persistence = Persistence is null ? "" : $" {Persistence}";
        return $"{Key} {Scheduler}{flags}{persistence}";
    }
}
