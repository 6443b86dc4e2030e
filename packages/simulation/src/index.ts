export { type Outlook, type PreviewArrivals, type PreviewRequest, previewRules } from './preview.ts'
