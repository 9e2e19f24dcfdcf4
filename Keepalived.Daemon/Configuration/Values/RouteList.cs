using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Routes or rules, as their words.</summary>
internal sealed class RouteList(string name, string description) : ListSyntax<RouteConfiguration>(name)
{
    public override string Description => $"{{ {description} ... }}";

    protected override void ReadEntry(ValueReader entry, List<RouteConfiguration> list)
    {
        var words = new string[entry.Count];
        for (var i = 0; i < words.Length; i++)
            words[i] = entry.Text(i);
        list.Add(new RouteConfiguration { Words = EquatableArray.Create<string>(words) });
    }
}
