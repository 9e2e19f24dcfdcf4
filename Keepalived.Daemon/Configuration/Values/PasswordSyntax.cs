using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A password of at most 8 bytes; a longer one is cut. No diagnostic ever shows it.</summary>
internal sealed class PasswordSyntax : ValueSyntax<Secret>
{
    private const int MaxLength = 8;

    public override string Description => "PASSWORD";

    public override bool TryRead(ValueReader reader, Secret? previous, out Secret value)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var length = Math.Min(MaxLength, reader[1].Length);
        TextEncoding.ToBytes(reader[1][..length], bytes);
        value = new Secret(bytes[..length]);
        if (reader[1].Length > MaxLength)
            reader.Context.Error(reader.Statement, 1, DiagnosticCodes.Adjusted, $"auth_pass: only the first {MaxLength} bytes count");
        return true;
    }
}
