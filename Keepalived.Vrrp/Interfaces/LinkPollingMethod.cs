namespace Keepalived.Vrrp.Interfaces;

/// <summary>How the state of a link is asked for.</summary>
public enum LinkPollingMethod
{
    /// <summary>The first of the others that the interface's driver answers.</summary>
    Automatic,

    /// <summary>The link status bit of the PHY (SIOCGMIIPHY, SIOCGMIIREG).</summary>
    Mii,

    /// <summary>ETHTOOL_GLINK.</summary>
    Ethtool,

    /// <summary>IFF_RUNNING (SIOCGIFFLAGS).</summary>
    Flags,
}
