namespace Keepalived.Vrrp.Transport;

/// <summary>Whose objects an <see cref="ObjectKeeper"/> keeps.</summary>
internal interface IKeeperOwner
{
    /// <summary>The name in logs.</summary>
    string Name { get; }

    /// <summary>The kernel has answered all requests.</summary>
    void OnSettled();

    /// <summary>Something that somebody else had deleted is back.</summary>
    void OnRepaired(KeptObject kept);

    /// <summary>The kernel refused to have it back.</summary>
    void OnRepairRefused(KeptObject kept);
}
