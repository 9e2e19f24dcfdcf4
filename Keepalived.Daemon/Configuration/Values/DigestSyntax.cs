namespace Keepalived.Daemon.Configuration.Values;

/// <summary>An MD5 sum: 32 hexadecimal digits.</summary>
internal sealed class DigestSyntax : ValueSyntax<string>
{
    private const int Length = 32;

    public override string Description => "32 hexadecimal digits";

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = reader.Text(1);
        if (value.Length == Length && value.AsSpan().IndexOfAnyExcept(System.Buffers.SearchValues.Create("0123456789abcdefABCDEF")) < 0)
            return true;
        reader.Invalid(1, $"'{value}' is no MD5 sum", Description);
        return false;
    }
}
