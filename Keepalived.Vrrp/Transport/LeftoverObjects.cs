using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Addresses, routes and rules of an earlier run that was killed, and that nobody wants any more. They go only if they are in its journal
/// and also have the protocol number that it gives to all that it sets.
/// </summary>
internal static class LeftoverObjects
{
    /// <summary>Removes them.</summary>
    public static async Task RemoveAsync(TransportContext context)
    {
        var left = context.Journal.LeftObjects.ToHashSet(StringComparer.Ordinal);
        if (left.Count > 0)
            await RemoveAsync(context, left).ConfigureAwait(true);
        context.Journal.ForgetLeftObjects();
        context.Journal.Save();
    }

    private static async Task RemoveAsync(TransportContext context, HashSet<string> left)
    {
        try
        {
            var batch = new RouteBatch();
            foreach (var rule in await context.Route.GetRulesAsync().ConfigureAwait(true))
            {
                if (rule.Protocol != RouteProtocol.Keepalived || !left.Contains(KeptRule.ToJournalKey(rule)))
                    continue;
                context.Logger.RemovingLeftoverObject($"rule {rule}");
                _ = batch.DeleteRule(rule);
            }

            foreach (var route in await context.Route.GetRoutesAsync().ConfigureAwait(true))
            {
                if (route.Protocol != RouteProtocol.Keepalived || !left.Contains(KeptRoute.ToJournalKey(route)))
                    continue;
                context.Logger.RemovingLeftoverObject($"route {route}");
                // Without a metric the kernel would take the first route there, of whatever metric.
                _ = batch.DeleteRoute(route with { Metric = RouteKey.Of(route).Metric });
            }

            foreach (var address in await context.Route.GetAddressesAsync().ConfigureAwait(true))
            {
                // Kernels before 5.18 do not tell whose an address is.
                if (address.Protocol is not (0 or RouteProtocol.Keepalived) || context.Interfaces.Find(address.InterfaceIndex) is not { } link
                    || !left.Contains(KeptAddress.ToJournalKey(link.Name, address.Prefix)))
                    continue;
                context.Logger.RemovingLeftoverObject($"address {address.Prefix} dev {link.Name}");
                _ = batch.DeleteAddress(address);
            }

            if (batch.Count == 0)
                return;
            foreach (var error in (await context.Route.SendAsync(batch).ConfigureAwait(true)).Errors)
            {
                if (!error.IsNotFound)
                    context.Logger.CannotRemoveLeftover(error);
            }
        }
        catch (IOException e)
        {
            context.Logger.CannotRemoveLeftover(e);
        }
    }
}
