namespace Keepalived.Daemon.Configuration.Model.Globals;

/// <summary><c>nftables_ipvs</c>: the table that maps the addresses of virtual server groups to marks.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Priority"><c>nftables_ipvs_priority</c> of its chain.</param>
/// <param name="FirstMark"><c>nftables_ipvs_start_fwmark</c>: the first mark, not 0.</param>
public sealed record NftablesIpvsDefinitions(string Table, int Priority, uint FirstMark);
