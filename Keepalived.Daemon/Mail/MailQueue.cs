using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Keepalived.Daemon.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Mail;

/// <summary>
/// Mails that wait for the mail server. Posting never waits, so that it may be done on the loop; delivery is on other threads, in order, one
/// connection for all that wait. What the server cannot take at present is tried again, since the moment of a failover is when it is least
/// likely to be in reach. The queue is bounded, and what is lost is counted and logged.
/// </summary>
internal sealed class MailQueue : IDisposable
{
    /// <summary>How many mails wait at most.</summary>
    public const int Capacity = 1024;

    private static readonly TimeSpan[] StandardRetries = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)];

    private readonly ILogger _logger;
    private readonly IReadOnlyList<TimeSpan> _retries;
    private readonly Channel<MailMessage> _waiting;
    private readonly CancellationTokenSource _closing = new();
    private MailConfiguration _configuration = MailConfiguration.None;
    private Task _worker = Task.CompletedTask;
    private int _pending;
    private int _dropped;

    /// <param name="logger">Hears of mails that could not be delivered.</param>
    /// <param name="retries">After which times a mail is tried again; null for 5, 15 and 60 s.</param>
    public MailQueue(ILogger logger, IReadOnlyList<TimeSpan>? retries = null)
    {
        (_logger, _retries) = (logger, retries ?? StandardRetries);
        _waiting = Channel.CreateBounded<MailMessage>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ =>
            {
                Interlocked.Decrement(ref _pending);
                if (Interlocked.Increment(ref _dropped) == 1)
                    Log.MailsDropped(_logger, Capacity);
            });
    }

    /// <summary>How many mails are not delivered yet.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Goes on with another configuration, also for mails that wait already.</summary>
    public void Use(MailConfiguration configuration) => Volatile.Write(ref _configuration, configuration);

    /// <summary>Mails something, if there is a server and a recipient.</summary>
    public void Post(MailMessage message)
    {
        if (!Volatile.Read(ref _configuration).IsUsable)
            return;
        Interlocked.Increment(ref _pending);
        if (!_waiting.Writer.TryWrite(message))
            Interlocked.Decrement(ref _pending); // closed
        else if (_worker.IsCompleted && !_closing.IsCancellationRequested)
            _worker = Task.Run(DeliverAsync);
    }

    /// <summary>Delivers what it can in this time, and takes no more mails.</summary>
    public async Task CloseAsync(TimeSpan within)
    {
        _waiting.Writer.TryComplete();
        _closing.CancelAfter(within);
        await _worker.ConfigureAwait(false);
        if (Pending > 0)
            Log.MailsLeft(_logger, Pending);
    }

    /// <inheritdoc/>
    public void Dispose() => _closing.Dispose();

    private async Task DeliverAsync()
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_closing.Token).ConfigureAwait(false))
                await DeliverWaitingAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The time is over: what is left, CloseAsync says.
        }
    }

    /// <summary>All that wait, over one connection as long as it lasts.</summary>
    private async Task DeliverWaitingAsync(CancellationToken cancellationToken)
    {
        SmtpSession? session = null;
        try
        {
            while (_waiting.Reader.TryRead(out var message))
            {
                session = await DeliverAsync(session, message, cancellationToken).ConfigureAwait(false);
                Interlocked.Decrement(ref _pending);
            }

            if (session is not null)
                await session.QuitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (session is not null)
                await session.DisposeAsync().ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            Log.MailsWereDropped(_logger, dropped);
    }

    /// <summary>Delivers one mail, or gives it up. Returns the session for the next one; null if it is no use any more.</summary>
    private async Task<SmtpSession?> DeliverAsync(SmtpSession? session, MailMessage message, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var configuration = Volatile.Read(ref _configuration);
            try
            {
                session ??= await SmtpSession.ConnectAsync(configuration, await HeloNameAsync(configuration).ConfigureAwait(false), cancellationToken)
                    .ConfigureAwait(false);
                await SendAsync(session, configuration, message, cancellationToken).ConfigureAwait(false);
                return session;
            }
            catch (Exception e) when (e is SmtpRefusedException or IOException or InvalidDataException or SocketException or TimeoutException)
            {
                if (session is not null)
                    await session.DisposeAsync().ConfigureAwait(false);
                session = null;
                if (e is SmtpRefusedException { IsTransient: false } || attempt == _retries.Count)
                {
                    Log.MailNotDelivered(_logger, message.Subject, configuration.Server!, e.Message);
                    return null;
                }

                Log.MailDelayed(_logger, message.Subject, configuration.Server!, e.Message, _retries[attempt].TotalSeconds);
            }

            await Task.Delay(_retries[attempt], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(SmtpSession session, MailConfiguration configuration, MailMessage message, CancellationToken cancellationToken)
    {
        var host = await HostNameAsync().ConfigureAwait(false);
        var from = configuration.From ?? $"{Environment.UserName}@{host}";
        var text = MailText.Create(message, configuration.RouterId ?? host, from, configuration.Recipients, DateTimeOffset.Now);
        foreach (var refused in await session.SendAsync(from, configuration.Recipients, text, cancellationToken).ConfigureAwait(false))
            Log.MailNotDelivered(_logger, message.Subject, configuration.Server!, refused.Message);
    }

    private static async Task<string> HeloNameAsync(MailConfiguration configuration) =>
        configuration.HeloName ?? await HostNameAsync().ConfigureAwait(false);

    /// <summary>The host's full name, where the resolver knows it.</summary>
    private static async Task<string> HostNameAsync()
    {
        try
        {
            return (await Dns.GetHostEntryAsync(Environment.MachineName).ConfigureAwait(false)).HostName;
        }
        catch (SocketException)
        {
            return Environment.MachineName;
        }
    }
}
