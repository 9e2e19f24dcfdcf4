using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A syntax that only one keyword has.</summary>
internal sealed class CustomSyntax<T>(
    string description,
    CustomSyntax<T>.Reader read,
    WithoutParameter without = WithoutParameter.Fatal,
    string? unit = null) : ValueSyntax<T>
{
    public delegate bool Reader(ValueReader reader, T? previous, out T value);

    public override string Description => description;

    public override string? Unit => unit;

    public override WithoutParameter WithoutParameter => without;

    public override bool TryRead(ValueReader reader, T? previous, out T value) => read(reader, previous, out value);
}
