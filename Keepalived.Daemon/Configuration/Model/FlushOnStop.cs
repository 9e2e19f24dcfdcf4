namespace Keepalived.Daemon.Configuration.Model;

/// <summary><c>lvs_flush_on_stop</c>: how IPVS services are removed at the stop.</summary>
public enum FlushOnStop
{
    /// <summary>Real servers leave their virtual servers, then those go.</summary>
    No = 0,

    /// <summary>Virtual servers go with all that is in them; nobody is told of real servers.</summary>
    VirtualServers,

    /// <summary>Everything goes that is in the table, whoever put it there.</summary>
    Everything,
}
