using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A value that a <c>sorry_server</c> must precede.</summary>
internal sealed class AfterSorryServer<T>(ValueSyntax<T> inner) : ValueSyntax<T>
{
    public override ValueKind Kind => inner.Kind;

    public override string Description => inner.Description;

    public override WithoutParameter WithoutParameter => inner.WithoutParameter;

    public override bool TryRead(ValueReader reader, T? previous, out T value)
    {
        if (reader.Values.Has(VirtualServerKeywords.SorryServer))
            return inner.TryRead(reader, previous, out value);
        value = default!;
        reader.Invalid(0, "sorry_server must come before it", "sorry_server IP [PORT]");
        return false;
    }
}
