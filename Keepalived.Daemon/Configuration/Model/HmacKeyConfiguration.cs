namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>key</c> of <c>auth_hmac</c>.</summary>
/// <param name="Id">Its number, 1-255.</param>
/// <param name="Key">Its 32 to 64 bytes.</param>
public sealed record HmacKeyConfiguration(int Id, Secret Key);
