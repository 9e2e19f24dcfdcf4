using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A password; what is beyond its greatest length in bytes is cut. No diagnostic ever shows it.</summary>
internal sealed class PasswordSyntax(int maxLength) : ValueSyntax<Secret>
{
    public override ValueKind Kind => ValueKind.Secret;

    public override string Description => "PASSWORD";

    public override bool TryRead(ValueReader reader, Secret? previous, out Secret value)
    {
        var length = Math.Min(maxLength, reader[1].Length);
        Span<byte> bytes = stackalloc byte[length];
        TextEncoding.ToBytes(reader[1][..length], bytes);
        value = new Secret(bytes);
        if (reader[1].Length > maxLength)
            reader.Context.Error(reader.Statement, 1, DiagnosticCodes.Adjusted, $"{reader.Keyword.Name}: only the first {maxLength} bytes count");
        return true;
    }
}
