using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A group of interfaces, as a number or by its name in iproute2's tables.</summary>
internal static class InterfaceGroup
{
    /// <summary>Reads it; null, reported, if it is none.</summary>
    public static uint? Read(ValueReader reader, int word)
    {
        if (reader.Context.Names.Groups.TryFind(reader.Text(word), int.MaxValue, out var group))
            return group;
        reader.Invalid(word, $"'{reader.Text(word)}' is no group of interfaces; that of the base interface is used", "a name or a number");
        return null;
    }
}
