using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>authentication</c>.</summary>
internal static class AuthenticationKeywords
{
    public static readonly KeywordBlock Block = new("authentication");

    public static readonly Keyword<AuthenticationType> Type = Block.Add("auth_type",
        new ChoiceSyntax<AuthenticationType>(("PASS", AuthenticationType.Password), ("AH", AuthenticationType.AuthenticationHeader)),
        "A password in clear text, or IPsec AH.");

    public static readonly Keyword<Secret> Password = Block.Add("auth_pass", new PasswordSyntax(8), "The password; at most 8 bytes count.");
}
