using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>dynamic_interfaces [allow_if_changes]</c>; another word is an error, and the keyword still counts.</summary>
internal sealed class DynamicInterfacesSyntax : ValueSyntax<DynamicInterfaces>
{
    public override string Description => "[allow_if_changes]";

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, DynamicInterfaces previous, out DynamicInterfaces value)
    {
        var allow = reader.Count > 1 && reader[1] is "allow_if_changes";
        if (reader.Count > 1 && !allow)
            reader.Unknown(1, ["allow_if_changes"]);
        value = allow ? DynamicInterfaces.AllowChanges : DynamicInterfaces.On;
        return true;
    }
}
