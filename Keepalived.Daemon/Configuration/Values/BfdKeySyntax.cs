using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>key ID VALUE [TYPE]</c> of BFD authentication: see <see cref="KeyText"/>.</summary>
internal sealed class BfdKeySyntax : ValueSyntax<List<BfdKeyConfiguration>>
{
    /// <summary>The longest key: one of SHA1.</summary>
    private const int MaxLength = 20;

    private const int MaxId = 255;

    public override string Description => $"0..255 {KeyText.Description} [AUTH_TYPE]";

    public override bool TryRead(ValueReader reader, List<BfdKeyConfiguration>? previous, out List<BfdKeyConfiguration> value)
    {
        value = previous ?? [];
        if (reader.Count < 3)
        {
            reader.Context.ReportMissing(reader.Keyword, reader.Statement);
            return false;
        }

        if (!KeyText.TryReadId(reader, 1, 0, MaxId, out var id))
            return false;
        if (value.Exists(key => key.Id == id))
        {
            reader.Context.Error(
                reader.Statement, 1, DiagnosticCodes.Duplicate, $"key: number {id} is given a second time; the first stays");
            return false;
        }

        var type = BfdAuthenticationType.None;
        if (reader.Count > 3 && !BfdAuthenticationKeywords.Types.TryFind(reader[3], out type))
        {
            // A key with a blank in it, not quoted, ends up here: it is not repeated.
            reader.Context.Error(
                reader.Statement, 3, DiagnosticCodes.UnknownOption, "key: what follows the key is no authentication type",
                BfdAuthenticationKeywords.Types.Description);
            return false;
        }

        if (!KeyText.TryRead(reader, 2, 1, MaxLength, out var bytes))
            return false;
        value.Add(new BfdKeyConfiguration(id, new Secret(bytes), type));
        return true;
    }
}
