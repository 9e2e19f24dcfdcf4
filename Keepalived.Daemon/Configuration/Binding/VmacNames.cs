using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Interfaces with a name of their own that two instances want: the second gets a chosen name.</summary>
internal static class VmacNames
{
    public static void Check(BindContext context, List<VrrpInstanceConfiguration> instances, List<BlockValues> blocks)
    {
        var owners = new Dictionary<string, string>();
        Dictionary<string, BlockValues>? byName = null;
        for (var i = 0; i < instances.Count; i++)
        {
            var instance = instances[i];
            if ((instance.Vmac?.Name ?? instance.Ipvlan?.Name) is not { } name || owners.TryAdd(name, instance.Name))
                continue;
            var keyword = instance.Vmac is null ? (Keyword)VrrpInstanceKeywords.UseIpvlan : VrrpInstanceKeywords.UseVmac;
            byName ??= blocks.ToDictionary(static block => block.Name);
            var place = byName[instance.Name].LocationOf(keyword);
            context.Error(place, DiagnosticCodes.Duplicate,
                $"vrrp_instance {instance.Name}: the interface {name} is that of vrrp_instance {owners[name]}; another name is chosen");
            instances[i] = instance with
            {
                Vmac = instance.Vmac is null ? null : instance.Vmac with { Name = null },
                Ipvlan = instance.Ipvlan is null ? null : instance.Ipvlan with { Name = null },
            };
        }
    }
}
