using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>What a block says of the behaviour of BFD sessions, with what its profile says where it is silent.</summary>
internal sealed class BfdSessionCompletion(BindContext context)
{
    /// <summary>The behaviour, or null if it contradicts itself, which was reported.</summary>
    /// <param name="values">The block.</param>
    /// <param name="keywords">Its keywords.</param>
    /// <param name="profile">The profile; null for none.</param>
    /// <param name="standardHopLimit">The TTL that packets are expected with if nothing is said.</param>
    /// <param name="who">The block in messages.</param>
    public BfdSessionConfiguration? Complete(BlockValues values, BfdSessionKeywords keywords, BlockValues? profile, int standardHopLimit, string who)
    {
        var source = new Source(values, keywords, profile);
        if (!TryAuthenticate(source, who, out var authentication))
            return null;
        var ttl = source.Get(static k => k.Ttl);
        var session = new BfdSessionConfiguration
        {
            MinRx = source.Get(static k => k.MinRx),
            MinTx = source.Get(static k => k.MinTx),
            IdleTx = source.Get(static k => k.IdleTx),
            Multiplier = (byte)source.Get(static k => k.Multiplier),
            IsPassive = source.Get(static k => k.Passive),
            HopLimit = ttl == 0 ? null : (byte)ttl,
            MaxHops = (byte)MaxHops(source, ttl == 0 ? standardHopLimit : ttl, who),
            Authentication = authentication,
            DemandMode = source.Get(static k => k.DemandMode),
            DemandPollInterval = source.Get(static k => k.DemandPollInterval),
            EchoTx = source.Get(static k => k.EchoTx),
            EchoMultiplier = (byte)source.Get(static k => k.EchoMultiplier),
            MinEchoRx = source.Get(static k => k.MinEchoRx),
            MinRxWithEcho = source.Get(static k => k.MinRxWithEcho),
            IsControlPlaneIndependent = source.Get(static k => k.ControlPlaneIndependent),
        };
        if (session.DemandPollInterval > TimeSpan.Zero && !session.DemandMode)
            Remark(static k => k.DemandPollInterval, "demand_mode");
        if (session.EchoTx == TimeSpan.Zero && source.Has(static k => k.EchoMultiplier))
            Remark(static k => k.EchoMultiplier, "echo_tx");
        if (session.EchoTx == TimeSpan.Zero && source.Has(static k => k.MinRxWithEcho))
            Remark(static k => k.MinRxWithEcho, "echo_tx");
        return session;

        void Remark<T>(Func<BfdSessionKeywords, Keyword<T>> keyword, string needed) =>
            context.Remark(source.LocationOf(keyword), DiagnosticCodes.Conflict,
                $"{who}: {keyword(keywords).Name} means nothing without {needed}");
    }

    private int MaxHops(Source source, int ttl, string who)
    {
        var hops = source.Get(static k => k.MaxHops);
        if (hops < 0)
            hops = byte.MaxValue;
        if (hops <= ttl)
            return hops;
        context.Error(source.LocationOf(static k => k.MaxHops), DiagnosticCodes.Conflict,
            $"{who}: max_hops is more than the TTL, {ttl}, which is used");
        return ttl;
    }

    private bool TryAuthenticate(Source source, string who, out BfdAuthenticationConfiguration? authentication)
    {
        authentication = null;
        if (source.Get(static k => k.Authentication) is not { } block)
            return true;
        var type = block.Get(BfdAuthenticationKeywords.Type);
        var keys = (block.Get(BfdAuthenticationKeywords.Key) ?? [])
            .ConvertAll(key => key.Type == BfdAuthenticationType.None ? key with { Type = type } : key);
        var active = block.Has(BfdAuthenticationKeywords.ActiveKey) ? block.Get(BfdAuthenticationKeywords.ActiveKey)
            : keys is [var only] ? only.Id : -1;
        if (WhyNot(block, keys, active) is { } why)
        {
            // Without what it was told to prove, a session must not run.
            context.Error(source.LocationOf(static k => k.Authentication), DiagnosticCodes.Conflict,
                $"{who}: authentication: {why}; it is left out");
            return false;
        }

        authentication = new BfdAuthenticationConfiguration { Keys = EquatableArray.From(keys), ActiveKey = active };
        return true;
    }

    private static string? WhyNot(BlockValues block, List<BfdKeyConfiguration> keys, int active)
    {
        if (keys.Count == 0)
            return "there is no usable key";
        if (keys.Find(static key => key.Type == BfdAuthenticationType.None) is { } untyped)
            return $"key {untyped.Id} has no type: auth_type is missing";
        if (keys.Find(static key => key.Key.Length > MaxLength(key.Type)) is { } longer)
            return $"key {longer.Id} is longer than the {MaxLength(longer.Type)} bytes of its type";
        if (keys.Exists(key => key.Id == active))
            return null;
        return block.Has(BfdAuthenticationKeywords.ActiveKey)
            ? $"active_key {active} is none of its keys"
            : "of several keys active_key has to name the one that signs";
    }

    private static int MaxLength(BfdAuthenticationType type) =>
        type is BfdAuthenticationType.KeyedSha1 or BfdAuthenticationType.MeticulousKeyedSha1
            ? Bfd.Wire.BfdKey.MaxSha1KeyLength
            : Bfd.Wire.BfdKey.MaxPasswordLength;

    /// <summary>A block before its profile.</summary>
    private readonly struct Source(BlockValues values, BfdSessionKeywords keywords, BlockValues? profile)
    {
        public bool Has<T>(Func<BfdSessionKeywords, Keyword<T>> keyword) =>
            values.Has(keyword(keywords)) || profile?.Has(keyword(BfdProfileKeywords.Session)) is true;

        public T? Get<T>(Func<BfdSessionKeywords, Keyword<T>> keyword) =>
            !values.Has(keyword(keywords)) && profile?.Has(keyword(BfdProfileKeywords.Session)) is true
                ? profile.Get(keyword(BfdProfileKeywords.Session))
                : values.Get(keyword(keywords));

        public SourceLocation LocationOf<T>(Func<BfdSessionKeywords, Keyword<T>> keyword) =>
            !values.Has(keyword(keywords)) && profile?.Has(keyword(BfdProfileKeywords.Session)) is true
                ? profile.LocationOf(keyword(BfdProfileKeywords.Session))
                : values.LocationOf(keyword(keywords));
    }
}
