namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A domain name: labels with dots between them; one dot may end it, or be all of it.</summary>
internal sealed class DomainNameSyntax : ValueSyntax<string>
{
    private const int MaxLabel = 63;

    public override string Description => "NAME";

    public override string? Format(string? value) => value;

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = reader.Text(1);
        if (value == ".")
            return true;
        var labels = (value.EndsWith('.') ? value[..^1] : value).Split('.');
        if (Array.TrueForAll(labels, static label => label.Length is > 0 and <= MaxLabel))
            return true;
        reader.Invalid(1, $"'{value}' has an empty label, or one that is too long; it is ignored",
            $"labels of 1 to {MaxLabel} bytes with dots between them");
        return false;
    }
}
