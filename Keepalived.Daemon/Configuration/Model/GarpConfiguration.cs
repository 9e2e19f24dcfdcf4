namespace Keepalived.Daemon.Configuration.Model;

/// <summary>When and how often gratuitous ARP and unsolicited neighbour advertisements are sent.</summary>
public sealed record GarpConfiguration
{
    /// <summary>The delay of the second block after becoming master; zero: no second block.</summary>
    public TimeSpan MasterDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Frames for each address in a block; at least 1.</summary>
    public uint MasterRepeat { get; init; } = 5;

    /// <summary>The period of the refresh while master; zero: none.</summary>
    public TimeSpan MasterRefresh { get; init; }

    /// <summary>Frames for each address in a refresh; at least 1.</summary>
    public uint MasterRefreshRepeat { get; init; } = 1;

    /// <summary>The delay of the second block after an advert of lower priority.</summary>
    public TimeSpan LowerPriorityDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Frames for each address after an advert of lower priority; 0: none.</summary>
    public uint LowerPriorityRepeat { get; init; } = 5;

    /// <summary>The period of frames on further interfaces that carry addresses but no adverts; zero: none.</summary>
    public TimeSpan ExtraInterfaceInterval { get; init; }

    /// <summary>Whether those are all such interfaces, not only VMACs.</summary>
    public bool ExtraInterfaceAll { get; init; }
}
