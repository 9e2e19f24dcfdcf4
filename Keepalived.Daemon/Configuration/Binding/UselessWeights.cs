using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// Finds weights that can never decide: priorities stay within 1..254, so that one at the limit cannot move further. The original says
/// nothing.
/// </summary>
internal sealed class UselessWeights(BindContext context, KeepalivedConfiguration configuration, TrackedWeights own)
{
    private const int MinPriority = 1;
    private const int MaxPriority = 254;

    public void Check()
    {
        foreach (var instance in configuration.VrrpInstances)
        {
            var weights = Weights(instance);
            if (weights.Count == 0)
                continue;
            // Others may bring the priority back from its limit, and then it counts.
            var (falls, rises) = (weights.Exists(static weight => weight.Weight < 0), weights.Exists(static weight => weight.Weight > 0));
            foreach (var (what, weight, place) in weights)
            {
                if ((weight > 0 && instance.Priority == MaxPriority && !falls) || (weight < 0 && instance.Priority == MinPriority && !rises))
                    context.Remark(place, DiagnosticCodes.Conflict,
                        $"vrrp_instance {instance.Name}: the weight {weight} of {what} can never decide: the priority is {instance.Priority} "
                        + $"already, and stays within {MinPriority}..{MaxPriority}");
            }
        }
    }

    // A file's number has a sign of its own, and so may decide anything.
    private List<(string What, int Weight, SourceLocation Place)> Weights(VrrpInstanceConfiguration instance)
    {
        List<(string What, int Weight, SourceLocation Place)> weights = [];
        Add("track_interface", instance.Tracked.Interfaces, static _ => 0);
        Add("track_script", instance.Tracked.Scripts, own.OfScript);
        Add("track_process", instance.Tracked.Processes, own.OfProcess);
        Add("track_bfd", instance.Tracked.Bfd, own.OfBfd);
        Add("track_virtual_server", instance.Tracked.VirtualServers, static _ => 0);
        return weights;

        void Add(string keyword, EquatableArray<TrackReference> references, Func<string, int> find)
        {
            foreach (var reference in references)
                weights.Add(($"{keyword} {reference.Name}", reference.Weight ?? find(reference.Name), reference.Position.Location));
        }
    }
}
