using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Checks that interfaces exist, where the loader was told how to.</summary>
internal static class Interfaces
{
    /// <summary>Whether an interface may be used; if not, that is reported.</summary>
    public static bool IsKnown(ValueReader reader, int word, string name, string consequence)
    {
        if (reader.Context.AllowsAbsentInterfaces || reader.Context.FindInterface(name, out var isChecked) is not null || !isChecked)
            return true;
        reader.Context.Error(
            reader.Statement, word, DiagnosticCodes.BadInterface, $"{reader.Keyword.Name}: there is no interface {name}; {consequence}",
            "an interface of this machine, or dynamic_interfaces in global_defs");
        return false;
    }
}
