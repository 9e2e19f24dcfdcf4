using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>key ID VALUE</c> of <c>auth_hmac</c>: see <see cref="KeyText"/>.</summary>
internal sealed class HmacKeySyntax : ValueSyntax<List<HmacKeyConfiguration>>
{
    private const int MinLength = 32;
    private const int MaxLength = 64;
    private const int MaxId = 255;

    public override string Description => $"1..255 {KeyText.Description}";

    public override bool TryRead(ValueReader reader, List<HmacKeyConfiguration>? previous, out List<HmacKeyConfiguration> value)
    {
        value = previous ?? [];
        if (reader.Count < 3)
        {
            reader.Context.ReportMissing(reader.Keyword, reader.Statement);
            return false;
        }

        if (!KeyText.TryReadId(reader, 1, 1, MaxId, out var id))
            return false;
        if (value.Exists(key => key.Id == id))
        {
            reader.Context.Error(
                reader.Statement, 1, DiagnosticCodes.Duplicate, $"key: number {id} is given a second time; the first stays");
            return false;
        }

        if (!KeyText.TryRead(reader, 2, MinLength, MaxLength, out var bytes))
            return false;
        value.Add(new HmacKeyConfiguration(id, new Secret(bytes)));
        return true;
    }
}
