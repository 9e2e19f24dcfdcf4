namespace Keepalived.Bfd;

/// <summary>What a session asks its driver to do.</summary>
public enum BfdActionKind : byte
{
    /// <summary>Encode a control packet with the session's <c>WriteControl</c> and send it to the neighbour.</summary>
    SendControl,

    /// <summary>Encode an echo packet with the session's <c>WriteEcho</c> and send it so that the neighbour returns it.</summary>
    SendEcho,

    /// <summary>Tell the clients: the session went from <see cref="BfdAction.OldState"/> to <see cref="BfdAction.NewState"/>.</summary>
    StateChanged,

    /// <summary>The neighbour knows that we are administratively down, or has had its time: an orderly exit need not wait longer.</summary>
    AdminDownAnnounced,
}
