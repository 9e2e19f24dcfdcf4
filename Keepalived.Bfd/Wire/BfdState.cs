namespace Keepalived.Bfd.Wire;

/// <summary>The state of a session, with its value on the wire (RFC 5880 §4.1 and §6.2).</summary>
public enum BfdState : byte
{
    /// <summary>Held down by an administrator. Says nothing about the path.</summary>
    AdminDown = 0,

    /// <summary>Down, or just created.</summary>
    Down = 1,

    /// <summary>The neighbour is heard, but has not yet said that it hears us.</summary>
    Init = 2,

    /// <summary>Both sides hear each other.</summary>
    Up = 3,
}
