namespace Keepalived.Vrrp.Tracking;

/// <summary>What is known of a tracked object: an interface, a script, a process, a BFD session.</summary>
public enum TrackedState
{
    /// <summary>Not known yet, as a script that has not returned once. A weighted tracker contributes nothing, an unweighted one holds the instance back.</summary>
    Initializing,

    /// <summary>Up, or succeeding.</summary>
    Up,

    /// <summary>Down, or failing.</summary>
    Down,
}
